/* From a mark of a figure to the rows behind it. The rows stand in the table below the figure; this shows those of one mark beside it.
   One tab stop a figure: arrows move between the marks, Enter opens, Escape closes. */
(function () {
  "use strict";
  var SVG = "http://www.w3.org/2000/svg";

  function enhance(box) {
    var name = box.dataset.figure;
    var pattern = new RegExp("^" + name + "-row-(\\d+)(\\.\\d+)?$");
    var marks = [], first = new Map();
    document.querySelectorAll("[id^='" + name + "-row-']").forEach(function (element) {
      var found = pattern.exec(element.id), line = found && found[1];
      if (!line || !rowsOf(line).length) { return; }
      if (!first.has(line)) { first.set(line, { line: line, element: element, parts: [] }); marks.push(first.get(line)); }
      first.get(line).parts.push(element);
    });
    if (!marks.length) { return; }
    marks.sort(function (one, other) { return one.line - other.line; });

    var drawing = marks[0].element.ownerSVGElement;
    var how = box.querySelector(".behind-how"), panel = box.querySelector(".behind-panel"), list = panel.querySelector("ol"), heading = panel.querySelector("h3");
    var ring = document.createElementNS(SVG, "rect"), said = JSON.parse(box.dataset.said);
    var at = 0, opened = null;
    ring.setAttribute("class", "behind-ring");
    ring.setAttribute("hidden", "");
    drawing.appendChild(ring);
    // The drawing is now a group of things to press, no longer one picture; its description stays.
    drawing.setAttribute("role", "group");
    drawing.parentElement.after(how, panel);

    function rowsOf(line) { return box.querySelectorAll(".behind-rows tr[data-lines~='" + line + "']"); }

    function label(line) {
      var rows = rowsOf(line), more = rows.length - 1;
      var first = rows[0].querySelector("th").textContent.trim();
      return more ? said[more > 1 ? "others" : "another"].replace("{n}", more).replace("{row}", function () { return first; }) : first;
    }

    function place(mark) {
      // The box around all parts of the mark, in the units of the drawing.
      var matrix = drawing.getScreenCTM().inverse(), corners = [];
      mark.parts.forEach(function (part) {
        var r = part.getBoundingClientRect();
        corners.push(new DOMPoint(r.left, r.top).matrixTransform(matrix), new DOMPoint(r.right, r.bottom).matrixTransform(matrix));
      });
      var x = corners.map(function (c) { return c.x; }), y = corners.map(function (c) { return c.y; });
      var left = Math.min.apply(null, x) - 2, top = Math.min.apply(null, y) - 2;
      ring.setAttribute("x", left); ring.setAttribute("y", top);
      ring.setAttribute("width", Math.max.apply(null, x) + 2 - left); ring.setAttribute("height", Math.max.apply(null, y) + 2 - top);
    }

    function show(mark) {
      opened = mark;
      var rows = rowsOf(mark.line);
      heading.textContent = said[rows.length > 1 ? "many" : "one"].replace("{n}", rows.length);
      list.replaceChildren.apply(list, Array.from(rows, function (row) {
        var item = document.createElement("li");
        Array.from(row.cells).forEach(function (cell) {
          var part = document.createElement("div");
          part.append.apply(part, Array.from(cell.cloneNode(true).childNodes));
          item.append(part);
        });
        return item;
      }));
      marks.forEach(function (other) { other.element.setAttribute("aria-expanded", String(other === mark)); });
      panel.hidden = false;
      place(mark);
      ring.removeAttribute("hidden");
      panel.focus({ preventScroll: true });
      panel.scrollIntoView({ block: "nearest" });
    }

    function close() {
      if (!opened) { return; }
      var mark = opened;
      opened = null;
      panel.hidden = true;
      mark.element.setAttribute("aria-expanded", "false");
      stop(marks.indexOf(mark));
    }

    function stop(number) {
      marks[at].element.setAttribute("tabindex", "-1");
      at = (number + marks.length) % marks.length;
      marks[at].element.setAttribute("tabindex", "0");
      marks[at].element.focus({ preventScroll: true });
    }

    marks.forEach(function (mark, number) {
      mark.element.setAttribute("role", "button");
      mark.element.setAttribute("tabindex", number ? "-1" : "0");
      mark.element.setAttribute("aria-label", label(mark.line));
      mark.element.setAttribute("aria-expanded", "false");
      mark.element.addEventListener("focus", function () { place(mark); ring.removeAttribute("hidden"); });
      mark.element.addEventListener("blur", function () { if (!opened) { ring.setAttribute("hidden", ""); } });
      mark.element.addEventListener("keydown", function (event) {
        var steps = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };
        if (event.key in steps) { stop(at + steps[event.key]); }
        else if (event.key === "Home") { stop(0); }
        else if (event.key === "End") { stop(marks.length - 1); }
        else if (event.key === "Enter" || event.key === " ") { show(mark); }
        else if (event.key === "Escape") { close(); }
        else { return; }
        event.preventDefault();
      });
      mark.parts.forEach(function (part) {
        part.classList.add("behind-mark");
        part.addEventListener("click", function () { marks[at].element.setAttribute("tabindex", "-1"); at = number; mark.element.setAttribute("tabindex", "0"); show(mark); });
      });
    });
    panel.addEventListener("keydown", function (event) { if (event.key === "Escape") { close(); } });
    panel.querySelector(".behind-close").addEventListener("click", close);
    window.addEventListener("resize", function () { if (opened) { place(opened); } });
    how.hidden = false;
  }

  document.querySelectorAll(".behind").forEach(enhance);
})();
