/* Filter and sort for the tables of this site (DataTables does both); the filters stand in the address, so that a view can be linked. */
(function () {
  "use strict";

  function enhance(table) {
    var said = JSON.parse(table.dataset.filter);
    var widget = new DataTable(table, {
      paging: false, autoWidth: false, order: [],
      layout: { topStart: "search", topEnd: "info", bottomStart: null, bottomEnd: null },
      language: { search: said.search, zeroRecords: said.nothing },
      infoCallback: function (settings, start, end, all, n) {
        return (n === all ? said.all : said.some)[n === 1 ? 0 : 1].replace("{n}", n.toLocaleString("en")).replace("{all}", all.toLocaleString("en"));
      }
    });
    // What stands above the table stays in place when the table scrolls in its frame.
    var frame = table.closest(".scroll"), controls = frame.querySelector(".dt-layout-row:not(.dt-layout-table)");
    frame.before(controls);
    var form = document.querySelector("form.filters");
    if (form) { connect(form, widget); }
    // A row that a filter hides is still where a link leads.
    function toAnchor() {
      var row = location.hash && location.hash.indexOf("=") < 0 && widget.rows().nodes().toArray().find(function (node) { return "#" + node.id === decodeURIComponent(location.hash); });
      if (!row) { return; }
      if (!document.contains(row)) { widget.search("").draw(); }
      row.scrollIntoView({ block: "center" });
    }
    window.addEventListener("hashchange", toAnchor);
    toAnchor();
  }

  function connect(form, widget) {
    var choices = Array.from(form.querySelectorAll("select"));
    function apply() {
      choices.forEach(function (choice) {
        var wanted = choice.value;
        var column = Number(choice.dataset.column);
        widget.column(column).search.fixed("choice", wanted ? function (text, data, row) { return widget.cell(row, column).node().dataset.key === wanted; } : null);
      });
      widget.draw();
    }
    function remember() {
      var chosen = new URLSearchParams();
      choices.forEach(function (choice) { if (choice.value) { chosen.set(choice.name, choice.value); } });
      if (widget.search()) { chosen.set("words", widget.search()); }
      history.replaceState(null, "", chosen.toString() ? "#" + chosen : location.pathname + location.search);
    }
    function recall() {
      var chosen = new URLSearchParams(location.hash.slice(1));
      choices.forEach(function (choice) {
        var wanted = chosen.get(choice.name) || "";
        choice.value = Array.from(choice.options).some(function (option) { return option.value === wanted; }) ? wanted : "";
      });
      widget.search(chosen.get("words") || "");
      apply();
    }
    form.addEventListener("change", function () { apply(); remember(); });
    form.addEventListener("submit", function (event) { event.preventDefault(); });
    form.addEventListener("reset", function () { setTimeout(function () { widget.search(""); apply(); remember(); }); });
    widget.on("search", remember);
    window.addEventListener("hashchange", recall);
    form.hidden = false;
    recall();
  }

  document.querySelectorAll("table[data-filter]").forEach(enhance);
})();
