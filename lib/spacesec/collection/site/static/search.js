/* The search on the front page: the box and what was found. Library and documents are fetched when the reader types, as scripts, which also
   works on pages opened from a folder. */
(function () {
  "use strict";
  var HERE = document.currentScript.src;
  var FIRST = 8; // shown at once; the rest are a press away
  var form = document.querySelector("form.find"), box = form.querySelector("input");
  var status = document.getElementById("found"), results = document.getElementById("results"), said = JSON.parse(results.dataset.said);
  var find = null, loading = false, waiting = 0;

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
      script(new URL("find.js", HERE).href, function () {
        script("static/search-index.js", function () {
          finder(window.searchDocuments, window.searchRows, window.searchWords).then(function (ready) { find = ready; search(); });
        });
      });
    });
  }

  // Words in an element; on a page in another language what stands English is marked as English.
  function told(element, words) {
    element.textContent = words;
    if (document.documentElement.lang !== "en" && !/[\u3041-\u30fe\u3400-\u9fff]/.test(words)) { element.lang = "en"; }
    return element;
  }

  function part(name, words) {
    var element = told(document.createElement("span"), words);
    element.className = name;
    return element;
  }

  function item(found) {
    var line = document.createElement("li"), link = document.createElement("a");
    link.href = found.id;
    told(link, found.title);
    line.append(link, " ", part("kind", said[found.kind][0]));
    if (found.about) { line.append(" ", part("about", found.about)); }
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
    if (!find) { status.textContent = said.loading; return; }
    var found = find(wanted), counts = [];
    results.replaceChildren();
    if (found.length) { results.append(list(found.slice(0, FIRST))); }
    if (found.length > FIRST) {
      var more = document.createElement("details"), summary = document.createElement("summary");
      summary.textContent = said.more.replace("{n}", found.length - FIRST);
      more.append(summary, list(found.slice(FIRST)));
      results.append(more);
    }
    Object.keys(said).filter(function (kind) { return Array.isArray(said[kind]); }).forEach(function (kind) {
      var number = found.filter(function (entry) { return entry.kind === kind; }).length;
      if (number) { counts.push(said[kind][number === 1 ? 1 : 2].replace("{n}", number)); }
    });
    results.dataset.words = wanted;
    status.textContent = counts.length ? said.found.replace("{kinds}", counts.join(said.between)) : said.nothing.replace("{words}", function () { return wanted; });
  }

  box.addEventListener("input", function () { load(); clearTimeout(waiting); waiting = setTimeout(search, 120); });
  form.addEventListener("submit", function (event) { event.preventDefault(); load(); search(); });
  box.value = new URLSearchParams(location.search).get("q") || box.value;
  if (box.value) { load(); }
})();
