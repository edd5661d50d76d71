/* A question's main parameters turned in the page. What they give was computed when the site was built and is read when a value is first turned; the
   values stand in the address, so that a view can be linked and the way back leads through those before it. */
(function () {
  "use strict";
  var section = document.querySelector("section.turn");
  if (!section) { return; }
  var form = section.querySelector("form"), choices = Array.from(form.querySelectorAll("select")), fields = Array.from(form.querySelectorAll("input"));
  var said = JSON.parse(section.dataset.said), answer = section.querySelector(".turned-answer"), more = section.querySelector(".turned-more"), line = section.querySelector(".turned-line");
  var OTHER_LETTERS = /[\u3040-\u30ff\u3400-\u9fff]/, japanese = document.documentElement.lang === "ja";
  var waiting = null, address = "";

  // The points are read once, by a script: a page opened from a folder may not fetch.
  function read(then) {
    if (window.turnedPoints) { then(window.turnedPoints); return; }
    var first = !waiting;
    waiting = then;
    if (!first) { return; }
    var script = document.createElement("script");
    script.src = section.dataset.points;
    script.onload = function () { waiting(window.turnedPoints); };
    script.onerror = function () { script.remove(); waiting(null); waiting = null; };
    document.head.append(script);
  }

  function usual(choice) { return Array.from(choice.options).find(function (option) { return option.defaultSelected; }).value; }

  // What differs from the defaults, and the name of the point; no name where the page has none.
  function wanted() {
    var given = new Map(), held = true, places = new Map();
    choices.forEach(function (choice) {
      places.set(choice.name, choice.selectedIndex);
      if (choice.value !== usual(choice)) { given.set(choice.name, choice.value); }
    });
    fields.forEach(function (field) {
      var text = field.value.trim(), choice = form.querySelector("select[name='" + field.name + "']");
      if (!text) { return; }
      var at = choice ? Array.from(choice.options).findIndex(function (option) { return option.value === text; }) : -1;
      if (text === field.dataset.default) { given.delete(field.name); } else { given.set(field.name, text); }
      if (at >= 0) { places.set(field.name, at); } else if (text !== field.dataset.default) { held = false; }
    });
    return { given: given, point: held ? Array.from(places.values()).join(",") : "" };
  }

  function quoted(text) { return /^[\w@%+=:,./-]+$/.test(text) ? text : "'" + text.replace(/'/g, "'\"'\"'") + "'"; }

  function english(cell, text) {
    if (japanese && /[A-Za-z]{2}/.test(text) && !OTHER_LETTERS.test(text)) { cell.lang = "en"; }
    cell.textContent = text;
    return cell;
  }

  function sentence(text) {
    answer.replaceChildren(made("p", "", text));
    more.hidden = true;
  }

  function made(name, kind, words) {
    var element = document.createElement(name);
    if (kind) { element.className = kind; }
    if (words) { element.textContent = words; }
    return element;
  }

  function draw(point, lines) {
    var place = more.querySelector(".turned-figure"), before = place.querySelector("img");
    var figure = made("figure"), card = made("div", "card"), caption = made("figcaption"), picture = made("img");
    picture.alt = point.alt;
    picture.src = URL.createObjectURL(new Blob([point.drawing.map(function (at) { return lines[at]; }).join("\n")], { type: "image/svg+xml" }));
    card.append(picture);
    // On a phone the picture scrolls in its card, for the keyboard too.
    card.tabIndex = 0;
    card.setAttribute("role", "group");
    card.setAttribute("aria-label", point.title);
    caption.append(made("p", "message", point.title), made("p", "", point.caption));
    figure.append(card, caption);
    place.replaceChildren(figure);
    if (before) { URL.revokeObjectURL(before.src); }
    return picture.decode();
  }

  function compare(point, plain, words) {
    var before = new Map(plain.results.map(function (result) { return [result[0], result[1]]; }));
    var changed = point.results.filter(function (result) { return before.get(result[0]) !== result[1]; });
    more.querySelector("tbody").replaceChildren.apply(more.querySelector("tbody"), changed.map(function (result) {
      var row = made("tr"), head = english(made("th"), words[result[0]]);
      head.scope = "row";
      var was = before.has(result[0]) ? words[before.get(result[0])] : "–";
      row.append(head, english(made("td"), was), english(made("td"), words[result[1]]), english(made("td"), words[result[2]]));
      return row;
    }));
    more.querySelector(".turned-results").hidden = !changed.length;
    more.querySelector(".turned-same").textContent = said[changed.length ? "same" : "none"].replace("{n}", point.results.length - changed.length);
  }

  function tell(name, held) {
    var point = held && held.points[name];
    if (!point) { sentence(held ? said.lacking : said.missing); return Promise.resolve(); }
    if (point.refused) { sentence(point.refused); return Promise.resolve(); }
    answer.innerHTML = point.answer;
    compare(point, held.points[section.dataset.usual], held.words);
    more.hidden = false;
    return draw(point, held.lines);
  }

  function command(given) {
    var parts = [section.dataset.line];
    given.forEach(function (value, name) { parts.push("-p " + name + " " + quoted(value)); });
    line.querySelector("code").textContent = parts.join(" ") + " -p output_dir ./out" + section.dataset.option;
    line.hidden = false;
  }

  function show() {
    var now = wanted(), name = now.point;
    delete section.dataset.shown;
    if (!now.given.size) {
      answer.replaceChildren();
      more.hidden = line.hidden = true;
      section.dataset.shown = name;
      return;
    }
    command(now.given);
    if (!name) { sentence(said.lacking); section.dataset.shown = "lacking"; return; }
    read(function (held) {
      if (wanted().point !== name) { show(); return; }
      tell(name, held).then(function () { section.dataset.shown = name; }, function () { section.dataset.shown = name; });
    });
  }

  function remember() {
    var found = new URLSearchParams();
    wanted().given.forEach(function (value, name) { found.set(name, value); });
    var next = found.toString();
    if (next === address) { return; }
    address = next;
    history.pushState(null, "", next ? "#" + next : location.pathname + location.search);
  }

  // A place on the page leaves the values as they are; settings, and an address with neither, do not.
  function recall() {
    var named = location.hash.slice(1);
    if (named && named.indexOf("=") < 0) { return; }
    var found = new URLSearchParams(named);
    form.reset();
    choices.forEach(function (choice) {
      var value = found.get(choice.name);
      if (value !== null && Array.from(choice.options).some(function (option) { return option.value === value; })) { choice.value = value; found.delete(choice.name); }
    });
    fields.forEach(function (field) { if (found.has(field.name)) { field.value = found.get(field.name); field.closest("details").open = true; } });
    address = named;
    show();
  }

  form.addEventListener("change", function (event) {
    // A choice made by hand goes before what was typed for it.
    if (event.target.matches("select")) { form.querySelector("input[name='" + event.target.name + "']").value = ""; }
    remember();
    show();
  });
  form.addEventListener("submit", function (event) { event.preventDefault(); });
  form.querySelector("button").addEventListener("click", function (event) { event.preventDefault(); form.reset(); remember(); show(); });
  window.addEventListener("popstate", recall);
  section.hidden = false;
  document.querySelectorAll("a[href='#turn']").forEach(function (link) { link.parentElement.hidden = false; });
  if (location.hash.indexOf("=") > 0) {
    recall();
    if (wanted().given.size) { section.scrollIntoView(); }
  }
})();
