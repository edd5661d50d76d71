/* What every page does. Light or dark: as the system says, until the reader says otherwise; the choice stays in this browser.
   Another language: the same page at the same place, with the same filters. */
(function () {
  "use strict";
  var root = document.documentElement;
  try { root.dataset.theme = localStorage.getItem("theme") || ""; } catch (refused) { root.dataset.theme = ""; }

  document.addEventListener("DOMContentLoaded", function () {
    document.querySelectorAll(".languages a").forEach(function (link) {
      var page = link.getAttribute("href");
      link.addEventListener("click", function () { link.href = page + location.search + location.hash; });
    });
    // What is to be embedded elsewhere names this site by its address, which only a reader's browser knows.
    document.querySelectorAll("[data-site]").forEach(function (snippet) {
      if (location.protocol.indexOf("http") !== 0) { return; }
      var site = new URL(snippet.dataset.site || ".", location.href).href;
      snippet.firstElementChild.textContent = snippet.textContent.replace(/SITE\//g, function () { return site; });
    });
    var button = document.querySelector("button.theme");
    function dark() { return (root.dataset.theme || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark"; }
    function show() { button.setAttribute("aria-pressed", String(dark())); }
    button.hidden = false;
    show();
    button.addEventListener("click", function () {
      root.dataset.theme = dark() ? "light" : "dark";
      try { localStorage.setItem("theme", root.dataset.theme); } catch (refused) { /* then for this page only */ }
      show();
    });
  });
})();
