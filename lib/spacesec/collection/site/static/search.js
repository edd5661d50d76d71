/* The search on the front page (MiniSearch finds). Library and documents are fetched when the reader begins to search, as scripts, which also
   works on pages opened from a folder. */
(function () {
  "use strict";
  var KINDS = ["question", "claim", "table", "source", "page"], HERE = document.currentScript.src;
  var FIRST = 8; // of each kind; the rest are a press away
  var form = document.querySelector("form.find"), box = form.querySelector("input");
  var status = document.getElementById("found"), results = document.getElementById("results"), said = JSON.parse(results.dataset.said);
  var index = null, loading = false, waiting = 0;

  function script(source, then) {
    var element = document.createElement("script");
    element.src = source;
    element.onload = then;
    document.head.append(element);
  }

  function load() {
    if (loading) { return; }
    loading = true;
    script(new URL("vendor/minisearch/minisearch.js", HERE).href, function () {
      script("static/search-index.js", function () {
        index = new MiniSearch({ fields: ["title", "words", "about"], storeFields: ["kind", "title", "about"], tokenize: held, searchOptions: { tokenize: tokens, processTerm: term, boost: { title: 3 }, prefix: function (term) { return term.length === 1 || !PAIRS.test(term); }, fuzzy: function (term) { return term.length > 4 ? 0.2 : false; } } });
        index.addAll(window.searchDocuments);
        search();
      });
    });
  }

  // Words that every question holds say nothing of what a reader looks for.
  var EMPTY = new Set("a an and are as at be by did do does for from has have how in is it its many much of on or that the to was what when where which who why with".split(" "));
  function term(word) {
    word = MiniSearch.getDefault("processTerm")(word);
    return EMPTY.has(word) ? null : word;
  }

  // Width, accents, capitals, hiragana or katakana, small ヶ and the dot between katakana make no difference.
  function fold(text) {
    return text.normalize("NFKC").normalize("NFD").replace(/[\u0300-\u036f]/g, "").normalize("NFC").toLowerCase().replace(/・/g, "")
      .replace(/[\u3041-\u3096]/g, function (sign) { return String.fromCharCode(sign.charCodeAt(0) + 0x60); }).replace(/ヶ/g, "ケ").replace(/ヵ/g, "カ");
  }

  // Japanese is written without spaces: it is found by pairs of signs. What is held ends in its last sign alone, so that one sign finds it too.
  var JAPANESE = "\u3005\u3007\u3041-\u3096\u30a1-\u30fe\u3400-\u9fff\uf900-\ufaff", PAIRS = new RegExp("[" + JAPANESE + "]");
  var RUNS = new RegExp("[" + JAPANESE + "]+|(?:(?![" + JAPANESE + "])[\\p{L}\\p{M}\\p{N}])+", "gu");
  function pairs(run) {
    return Array.from({ length: Math.max(run.length - 1, 1) }, function (_, at) { return run.slice(at, at + 2); });
  }
  function tokens(text) {
    return (fold(text).match(RUNS) || []).flatMap(function (run) { return PAIRS.test(run) ? pairs(run) : run; });
  }
  function held(text) {
    return (fold(text).match(RUNS) || []).flatMap(function (run) { return PAIRS.test(run) && run.length > 1 ? pairs(run).concat(run.slice(-1)) : run; });
  }

  function find(wanted) {
    var tries = [{ combineWith: "AND" }, {}, { processTerm: MiniSearch.getDefault("processTerm") }]; // all words that say something, any of them, any at all
    return tries.reduce(function (found, options) { return found.length ? found : index.search(wanted, options); }, []);
  }

  function item(found) {
    var line = document.createElement("li"), link = document.createElement("a");
    link.href = found.id;
    link.textContent = found.title;
    line.append(link);
    if (found.about) {
      var about = document.createElement("span");
      about.className = "about";
      about.textContent = found.about;
      line.append(" ", about);
    }
    return line;
  }

  function list(found) {
    var list = document.createElement("ol");
    list.append.apply(list, found.map(item));
    return list;
  }

  function search() {
    var wanted = box.value.trim();
    if (!wanted) { results.replaceChildren(); status.textContent = ""; return; }
    if (!index) { status.textContent = said.loading; return; }
    var found = find(wanted), counts = [];
    results.replaceChildren();
    KINDS.forEach(function (kind) {
      var own = found.filter(function (entry) { return entry.kind === kind; });
      if (!own.length) { return; }
      counts.push(said[kind][own.length === 1 ? 1 : 2].replace("{n}", own.length));
      var section = document.createElement("section"), heading = document.createElement("h2");
      heading.textContent = said[kind][0];
      section.append(heading, list(own.slice(0, FIRST)));
      if (own.length > FIRST) {
        var more = document.createElement("details"), summary = document.createElement("summary");
        summary.textContent = said.more.replace("{n}", own.length - FIRST);
        more.append(summary, list(own.slice(FIRST)));
        section.append(more);
      }
      results.append(section);
    });
    status.textContent = counts.length ? said.found.replace("{kinds}", counts.join(said.between)) : said.nothing.replace("{words}", function () { return wanted; });
  }

  box.addEventListener("focus", load);
  box.addEventListener("input", function () { load(); clearTimeout(waiting); waiting = setTimeout(search, 120); });
  form.addEventListener("submit", function (event) { event.preventDefault(); load(); search(); });
  box.value = new URLSearchParams(location.search).get("q") || box.value;
  if (box.value) { load(); }
})();
