/* The search itself (MiniSearch holds the words): what is asked is cut into things meant, each of which may be said in several ways; what holds
   more of them, and rarer ones, comes first, and what holds much less than the best is left out. */
(function () {
  "use strict";
  var MOST = 24, OF_A_KIND = 8; // results in all and of each kind
  var LEAST = 0.08; // of the best score, below which a result is left out
  var AS_ASKED = 2.5; // what a page's title counts that holds all that is asked as it is asked
  var OTHERWISE = 0.8; // what another word for the same counts
  var WEIGHTS = { question: 3, page: 2, claim: 0.5, demand: 0.5, table: 1.5, row: 0.8, source: 0.5 };
  // Words that every question holds say nothing of what a reader looks for.
  var EMPTY = new Set("a an and any are as at be been by can did do does for from has have how i in is it its many me much of on or over s that the their there to was were what when where which who whose why will with".split(" "));

  // Width, accents, capitals, hiragana or katakana, small ヶ and the dot between katakana make no difference.
  function fold(text) {
    return text.normalize("NFKC").normalize("NFD").replace(/[\u0300-\u036f]/g, "").normalize("NFC").toLowerCase().replace(/・/g, "")
      .replace(/[\u3041-\u3096]/g, function (sign) { return String.fromCharCode(sign.charCodeAt(0) + 0x60); }).replace(/ヶ/g, "ケ").replace(/ヵ/g, "カ");
  }

  // Japanese is written without spaces: it is found by pairs of signs. What is held ends in its last sign alone, so that one sign finds it too.
  var JAPANESE = "\u3005\u3007\u3041-\u3096\u30a1-\u30fe\u3400-\u9fff\uf900-\ufaff", PAIRS = new RegExp("[" + JAPANESE + "]");
  var LATIN = "(?:(?![" + JAPANESE + "])[\\p{L}\\p{M}\\p{N}])+";
  var RUNS = new RegExp("[" + JAPANESE + "]+|" + LATIN, "gu"), ATOMS = new RegExp("[" + JAPANESE + "]|" + LATIN, "gu");
  // Particles between words that are written otherwise part them as spaces do.
  var PARTICLES = /(?<=[^\s\u3041-\u3096])(?:から|まで|より|について|には|では|とは|[のはをにがでとへも])(?=[^\s\u3041-\u3096])/g;
  // One and many are one word.
  function single(word) { return /^[a-z]{3,}s$/.test(word) && !/(ss|us|is)$/.test(word) ? word.slice(0, -1) : word; }
  function pairs(run) {
    return Array.from({ length: Math.max(run.length - 1, 1) }, function (_, at) { return run.slice(at, at + 2); });
  }
  function tokens(text) {
    return (fold(text).match(RUNS) || []).flatMap(function (run) { return PAIRS.test(run) ? pairs(run) : single(run); });
  }
  function held(text) {
    return (fold(text).match(RUNS) || []).flatMap(function (run) { return PAIRS.test(run) && run.length > 1 ? pairs(run).concat(run.slice(-1)) : single(run); });
  }
  // Signs of Japanese and words of other letters one by one, a space between what stands apart.
  function atoms(text) {
    return text.normalize("NFKC").replace(PARTICLES, " ").trim().split(/\s+/).flatMap(function (word, at) { return (at ? [" "] : []).concat((fold(word).match(ATOMS) || []).map(single)); });
  }

  // Gives the search, once what is held is read.
  function finder(documents, tables, words) {
    var index = new MiniSearch({
      fields: ["title", "keys", "words", "about"], storeFields: ["kind", "title", "about"], tokenize: held,
      searchOptions: {
        tokenize: tokens, boost: { title: 3, keys: 3, about: 1.5 }, combineWith: "AND",
        prefix: function (term) { return PAIRS.test(term) ? term.length === 1 : term.length > 2; }
      }
    });
    var all = documents.concat(tables.flatMap(function (table) {
      return table.rows.map(function (row) { return { id: table.page + "#" + row[0], kind: "row", title: row[1], keys: "", words: row[2], about: table.title }; });
    }));
    // Every form by its first atom, the longest first.
    var forms = new Map();
    words.forEach(function (group) {
      group.forEach(function (form) {
        var parts = atoms(form);
        if (!forms.has(parts[0])) { forms.set(parts[0], []); }
        forms.get(parts[0]).push({ parts: parts, group: group });
      });
    });
    forms.forEach(function (found) { found.sort(function (one, other) { return other.parts.length - one.parts.length; }); });

    // What is asked, thing by thing: of each the words asked by, and the other words for the same.
    function meant(asked) {
      var found = [], rest = [], parts = atoms(asked), at = 0;
      function close() { if (rest.length) { found.push({ text: rest.join(""), others: [] }); rest = []; } }
      while (at < parts.length) {
        var known = (forms.get(parts[at]) || []).filter(function (form) { return starts(parts, at, form.parts); });
        if (known.length) {
          var most = Math.min(known[0].parts.length, parts.length - at);
          close();
          known = known.filter(function (form) { return Math.min(form.parts.length, parts.length - at) === most; });
          found.push({ text: parts.slice(at, at + most).join(""), others: Array.from(new Set(known.flatMap(function (form) { return form.group; }))) });
          at += most;
        } else {
          if (!PAIRS.test(parts[at])) { close(); }
          if (parts[at] !== " ") { rest.push(parts[at]); }
          if (!PAIRS.test(parts[at])) { close(); }
          at += 1;
        }
      }
      close();
      var full = found.filter(function (one) { return !EMPTY.has(one.text) && !/^[a-z]$/.test(one.text); });
      return full.length ? full : found;
    }
    // A form stands there whole, or what is asked ends within it after three signs of kana: a reading may be begun only.
    function starts(parts, at, form) {
      var length = Math.min(form.length, parts.length - at);
      if (length < form.length && (length < 3 || !/^[\u30a1-\u30fe]+$/.test(parts.slice(at).join("")))) { return false; }
      return form.slice(0, length).every(function (part, place) { return part === parts[at + place]; });
    }

    function find(asked) {
      var things = meant(asked), scores = new Map();
      things.forEach(function (thing) {
        var best = new Map();
        [thing.text].concat(thing.others).forEach(function (words, other) {
          var length = tokens(words).length; // of several words that say one thing, each counts its part
          index.search(words).forEach(function (hit) {
            var score = hit.score * (other ? OTHERWISE : 1) / length;
            if (!best.has(hit.id) || best.get(hit.id).score < score) { best.set(hit.id, { hit: hit, score: score }); }
          });
        });
        if (!best.size) { // a slip of the hand
          index.search(thing.text, { fuzzy: function (term) { return term.length > 4 && !PAIRS.test(term) ? 0.2 : false; } }).forEach(function (hit) { best.set(hit.id, { hit: hit, score: hit.score }); });
        }
        best.forEach(function (one, id) {
          var all = scores.get(id) || { hit: one.hit, score: 0, things: 0 };
          scores.set(id, { hit: one.hit, score: all.score + one.score, things: all.things + 1 });
        });
      });
      var whole = fold(asked).trim();
      var ranked = Array.from(scores.values(), function (one) {
        if (things.length > 1 && one.hit.kind !== "row" && fold(one.hit.title).includes(whole)) { one.score *= AS_ASKED; }
        return { id: one.hit.id, kind: one.hit.kind, title: one.hit.title, about: one.hit.about, score: one.score * WEIGHTS[one.hit.kind] * Math.pow(one.things / things.length, 2) };
      }).sort(function (one, other) { return other.score - one.score; });
      var kinds = {};
      return ranked.filter(function (one) {
        kinds[one.kind] = (kinds[one.kind] || 0) + 1;
        return one.score >= LEAST * ranked[0].score && kinds[one.kind] <= OF_A_KIND;
      }).slice(0, MOST);
    }
    // In pieces, so that the page answers meanwhile.
    return index.addAllAsync(all, { chunkSize: 100 }).then(function () { return find; });
  }

  window.finder = finder;
})();
