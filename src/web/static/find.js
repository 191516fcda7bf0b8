/* Search as you type: the field posts what is typed and shows the first pupils found. */
(function () {
	"use strict";
	function set(element, name, value) { element.setAttribute(name, value); }
	function wire(form) {
		var input = form.querySelector("input[type=search]"), token = form.elements.csrf_token;
		var list = document.createElement("ul"), wait, asked = 0, at = -1;
		list.className = "found";
		list.id = input.id + "-found";
		list.hidden = true;
		set(list, "role", "listbox");
		set(list, "aria-label", "Pupils found");
		set(input, "role", "combobox");
		set(input, "aria-controls", list.id);
		set(input, "aria-expanded", "false");
		set(input, "aria-autocomplete", "list");
		input.parentNode.appendChild(list);
		function close() {
			list.hidden = true;
			at = -1;
			set(input, "aria-expanded", "false");
			input.removeAttribute("aria-activedescendant");
		}
		function mark(to) {
			var items = list.children;
			if (items[at]) set(items[at], "aria-selected", "false");
			at = (to + items.length) % items.length;
			set(items[at], "aria-selected", "true");
			set(input, "aria-activedescendant", items[at].id);
		}
		function show(rows) {
			list.textContent = "";
			rows.slice(0, 8).forEach(function (row, i) {
				var item = document.createElement("li"), link = document.createElement("a");
				var name = document.createElement("b");
				item.id = list.id + i;
				set(item, "role", "option");
				link.href = form.action + "/" + row.id;
				link.tabIndex = -1;
				name.textContent = row.surname;
				link.append(name, ", " + row.forename + " ", row.registration || row.year_group || "");
				item.appendChild(link);
				list.appendChild(item);
			});
			at = -1;
			list.hidden = rows.length === 0;
			set(input, "aria-expanded", !list.hidden);
		}
		function ask() {
			var mine = ++asked, text = input.value.trim();
			if (text.length < 2) { close(); return; }
			fetch(form.action + ".json", {
				method: "POST",
				body: new URLSearchParams({ csrf_token: token.value, q: text })
			}).then(function (answer) { return answer.ok ? answer.json() : { tables: [] }; })
				.then(function (tree) {
					if (mine === asked) show(tree.tables.length ? tree.tables[0].rows : []);
				}, close);
		}
		input.addEventListener("input", function () {
			clearTimeout(wait);
			wait = setTimeout(ask, 150);
		});
		input.addEventListener("keydown", function (event) {
			if (list.hidden) return;
			if (event.key === "ArrowDown") mark(at + 1);
			else if (event.key === "ArrowUp") mark(at < 0 ? -1 : at - 1);
			else if (event.key === "Escape") close();
			else if (event.key === "Enter" && at >= 0) location.href = list.children[at].firstChild.href;
			else return;
			event.preventDefault();
		});
		form.addEventListener("focusout", function (event) {
			if (!form.contains(event.relatedTarget)) close();
		});
	}
	document.querySelectorAll("form[role=search][method=post]").forEach(wire);
})();
