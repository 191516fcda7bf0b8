/*
 * marksheet: what the script adds to the form of a marksheet, which works without it.
 *
 * Keys between cells, ranges, copy and paste, fill down, undo, checking while typing, and
 * saving by itself. What is not saved yet lies in this browser's storage, under the account
 * and the sheet, until the server has answered: after a lost network, a sign-out or a
 * closed lid it is sent again. Nothing typed is ever dropped, and nothing is written over what
 * another has saved: the server compares revisions and this shows what it says.
 */
(function () {
	"use strict";

	var form = document.getElementById("sheet");
	var status = document.getElementById("status");
	var undoButton = document.getElementById("undo");
	if (!form || !status || !window.fetch) return;

	var PAUSE = 700; /* ms after the last entry before it is sent */
	var RETRY = [2, 5, 10, 30]; /* s between attempts while there is no connection */
	var store = "attain.marksheet." + form.dataset.account + "." + form.dataset.sheet;
	var rows = []; /* of cells */
	var cells = new Map(); /* by name */
	var undos = [];
	var range = null; /* {from, to}: two cells */
	var timer = 0, sending = false, attempt = 0, trouble = "", leaving = false, pasted = "";
	var savedCount = 0, lastWhen = "";

	/* ---- cells ---- */

	Array.prototype.forEach.call(form.querySelectorAll("tbody tr.p"), function (tr) {
		var row = [];
		Array.prototype.forEach.call(tr.querySelectorAll('input[name^="cell."]'), function (input, c) {
			var cell = {
				input: input, tr: tr, r: rows.length, c: c, name: input.name,
				rev: form.elements["rev." + input.name.slice(5)],
				box: input.parentNode, sign: input.parentNode.querySelector(".st"),
				before: input.value, /* as it stood before this edit */
				dirty: false, sent: null, refused: null, /* text the server would not take */
				state: input.parentNode.classList.contains("bad") ? "invalid"
					: input.parentNode.classList.contains("two") ? "conflict" : ""
			};
			row.push(cell);
			cells.set(cell.name, cell);
		});
		if (row.length) rows.push(row);
	});

	function cellOf(target) { return target && target.name ? cells.get(target.name) : undefined; }
	function at(r, c) { return rows[r] && rows[r][c]; }

	function go(cell) {
		if (!cell) return;
		cell.input.focus();
		cell.input.select();
	}

	/* ---- what a column takes ---- */

	var lists = {};
	function fold(text) { return text.toLowerCase().replace(/\s+/g, "").replace(/^(level|lev|l)(?=[0-9w])/, ""); }
	function choices(cell) {
		var id = cell.input.getAttribute("list");
		if (!lists[id]) {
			var list = document.getElementById(id);
			lists[id] = list ? Array.prototype.map.call(list.options, function (o) { return o.value; }) : [];
		}
		return lists[id];
	}
	function exact(cell, text) {
		var found = choices(cell).filter(function (code) { return fold(code) === fold(text); });
		return found.indexOf(text) >= 0 || !found.length ? text : found[0];
	}
	/* The server decides. */
	function possible(cell, text) {
		return text === "" || !choices(cell)[0] || /^[0-9]+(\.[0-9]*)?\s*(m|ma|mar|mark|marks)?$/i.test(text) ||
			choices(cell).some(function (code) { return fold(code).indexOf(fold(text)) === 0; });
	}

	/* ---- signs and messages ---- */

	function sign(cell, symbol, title) {
		var svg, use, words;
		cell.sign.textContent = "";
		cell.sign.title = title || "";
		if (cell.sign.tagName === "A") { /* a link without words has no name */
			words = document.createElement("span");
			words.className = "vh";
			words.textContent = title || "History";
			cell.sign.append(words);
		}
		if (!symbol) return;
		svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
		svg.setAttribute("class", "s");
		svg.setAttribute("aria-hidden", "true");
		use = document.createElementNS("http://www.w3.org/2000/svg", "use");
		use.setAttribute("href", "#" + symbol);
		svg.appendChild(use);
		cell.sign.prepend(svg);
	}
	function show(cell, state, title) {
		cell.state = state;
		cell.box.classList.toggle("bad", state === "invalid" || state === "refused");
		cell.box.classList.toggle("two", state === "conflict");
		cell.box.classList.toggle("todo", state !== "waiting" && cell.input.value === "");
		if (state === "invalid") cell.input.setAttribute("aria-invalid", "true");
		else cell.input.removeAttribute("aria-invalid");
		sign(cell, { saved: cell.input.value ? "s-ok" : "", invalid: "s-bad", refused: "s-bad", conflict: "s-two" }[state] || "", title);
	}
	function messageId(cell) { return "m" + cell.input.id.slice(1); }
	function unsay(cell) {
		var old = document.getElementById(messageId(cell));
		if (old) old.remove();
		cell.input.removeAttribute("aria-describedby");
	}
	function say(cell, strong, words, buttons) {
		var tr = document.createElement("tr"), td = document.createElement("td");
		var div = document.createElement("div"), span = document.createElement("span"), b = document.createElement("b");
		unsay(cell);
		tr.className = cell.state === "conflict" ? "msg two" : "msg";
		tr.id = messageId(cell);
		td.colSpan = 40;
		div.className = "acts";
		b.textContent = strong;
		span.append(b, " " + (words || ""));
		div.append(span);
		(buttons || []).forEach(function (button) {
			var el = document.createElement("button");
			el.type = "button";
			el.className = "btn line tiny";
			el.textContent = button.label;
			el.addEventListener("click", button.press);
			div.append(el);
		});
		td.append(div);
		tr.append(td);
		cell.tr.after(tr);
		cell.input.setAttribute("aria-describedby", tr.id);
	}

	function link(words, cell) {
		var a = document.createElement("a");
		a.href = "#" + cell.input.id;
		a.textContent = words;
		return a;
	}
	/* One line tells the state of the sheet; it is all that is read out. */
	function tell() {
		var all = Array.from(cells.values()), parts = [];
		var dirty = all.filter(waits);
		function count(words, list) { if (list.length) parts.push(link(list.length + " " + words, list[0])); }
		status.textContent = "";
		if (savedCount) {
			var b = document.createElement("b");
			b.textContent = savedCount + " saved";
			status.append(b, lastWhen ? ", last at " + lastWhen + ". " : ". ");
		}
		if (pasted) status.append(pasted + " ");
		if (trouble && trouble !== "new token" && dirty.length) {
			status.append(dirty.length + " not sent yet, kept on this computer. ");
			if (trouble === "sign-in") {
				var a = document.createElement("a");
				a.href = form.action;
				a.target = "_blank";
				a.textContent = "Sign in again";
				status.append("You are signed out. ", a, ", then come back here. ");
			} else status.append(trouble + " ");
		} else if (dirty.length) status.append("Saving " + dirty.length + ". ");
		count("not understood", all.filter(function (c) { return c.state === "invalid"; }));
		count("not saved", all.filter(function (c) { return c.state === "refused"; }));
		count("to decide", all.filter(function (c) { return c.state === "conflict"; }));
		count("missing", all.filter(function (c) { return !c.input.value && c.name.indexOf(".a-") < 0; }));
		parts.forEach(function (part, i) { status.append(i ? ", " : "", part); });
		status.append(parts.length ? "." : cells.size && !dirty.length ? "Every pupil has an entry." : "");
		if (undoButton) undoButton.hidden = undos.length === 0;
	}

	/* ---- changing ---- */

	function keep() {
		var left = {}, any = false;
		cells.forEach(function (cell) {
			if (!cell.dirty) return;
			any = true;
			left[cell.name] = { value: cell.input.value, rev: cell.rev.value };
		});
		try {
			if (any) localStorage.setItem(store, JSON.stringify(left));
			else localStorage.removeItem(store);
		} catch (e) { /* no storage: the warning before leaving remains */ }
	}
	/* Still to be sent: not what waits for a decision, nor what came back as it is. */
	function waits(cell) { return cell.dirty && cell.state !== "conflict" && cell.refused !== cell.input.value; }
	function later(ms) {
		clearTimeout(timer);
		timer = setTimeout(send, ms);
	}
	function touch(cell) {
		cell.before = cell.input.value;
		cell.dirty = true;
		unsay(cell);
		show(cell, possible(cell, cell.input.value) ? "waiting" : "invalid");
	}
	/* Set many cells as one step that can be undone. */
	function change(list) {
		var step = [];
		list.forEach(function (item) {
			var value = exact(item.cell, item.value.trim());
			if (value === item.cell.before) { item.cell.input.value = value; return; }
			step.push({ cell: item.cell, value: item.cell.before });
			item.cell.input.value = value;
			touch(item.cell);
		});
		if (!step.length) return 0;
		undos.push(step);
		keep();
		tell();
		later(PAUSE);
		return step.length;
	}
	function commit(cell) {
		if (cell && cell.input.value.trim() !== cell.before) change([{ cell: cell, value: cell.input.value }]);
	}
	function undo() {
		var step = undos.pop();
		if (!step) return;
		step.forEach(function (item) {
			item.cell.input.value = item.value;
			touch(item.cell);
		});
		keep();
		tell();
		go(step[0].cell);
		later(PAUSE);
	}

	/* ---- sending ---- */

	function send() {
		var body = new URLSearchParams(), list = [];
		if (sending) return;
		cells.forEach(function (cell) { if (waits(cell)) list.push(cell); });
		if (!list.length) return;
		body.append("csrf_token", form.elements.csrf_token.value);
		if (form.elements.reason) body.append("reason", form.elements.reason.value);
		list.forEach(function (cell) {
			cell.sent = cell.input.value;
			body.append(cell.name, cell.sent);
			body.append(cell.rev.name, cell.rev.value);
		});
		sending = true;
		fetch(form.action, {
			method: "POST", body: body, redirect: "manual", credentials: "same-origin",
			headers: { Accept: "application/json" }
		}).then(function (answer) {
			var json = (answer.headers.get("Content-Type") || "").indexOf("application/json") === 0;
			if (answer.ok && json) return answer.json().then(take);
			if (answer.type === "opaqueredirect" || answer.status === 401 || answer.status === 403) return renew();
			return failed(answer.status >= 500 ? "The server is busy; trying again." : "The server refused them; press Save to see why.");
		}).catch(function () {
			return failed("There is no connection; they are sent as soon as there is one.");
		}).then(function () {
			sending = false;
			tell();
		});
	}
	function failed(words) {
		trouble = words;
		later(1000 * RETRY[Math.min(attempt++, RETRY.length - 1)]);
	}
	/* The form's token belongs to a session that may have ended: fetch the page's new one. */
	function renew() {
		if (trouble === "new token") { trouble = "sign-in"; return undefined; }
		return fetch(form.action, { redirect: "manual", credentials: "same-origin", cache: "no-store" }).then(function (answer) {
			if (!answer.ok) { trouble = "sign-in"; return undefined; }
			return answer.text().then(function (text) {
				var page = new DOMParser().parseFromString(text, "text/html");
				var token = page.querySelector('#sheet input[name="csrf_token"]');
				var other = page.getElementById("sheet");
				if (!token || !other || other.dataset.account !== form.dataset.account) { trouble = "sign-in"; return; }
				form.elements.csrf_token.value = token.value;
				trouble = "new token"; /* refused again: do not ask in circles */
				later(50);
			});
		});
	}
	function take(answer) {
		trouble = "";
		attempt = 0;
		answer.cells.forEach(function (got) {
			var cell = cells.get(got.name);
			if (cell) takeCell(cell, got);
		});
		savedCount += answer.saved;
		document.getElementById("entered").textContent = answer.entered + " of " + answer.of;
		document.getElementById("meter").setAttribute("width", answer.of ? Math.floor(280 * answer.entered / answer.of) : 0);
		keep();
		if (Array.from(cells.values()).some(waits)) later(PAUSE);
	}
	function takeCell(cell, got) {
		var same = cell.input.value === cell.sent; /* not typed on meanwhile */
		if (got.state === "saved" || got.state === "unchanged") {
			cell.rev.value = got.revision;
			if (got.when && got.state === "saved") lastWhen = got.when;
			if (same) {
				if (document.activeElement !== cell.input || cell.input.value === cell.before) {
					cell.input.value = got.value;
					cell.before = got.value;
				}
				cell.dirty = false;
				cell.refused = null;
				unsay(cell);
				show(cell, "saved", "Saved at " + got.when);
			}
		} else if (got.state === "conflict") {
			show(cell, "conflict");
			decide(cell, got);
		} else if (same) {
			cell.dirty = got.state === "invalid"; /* refused text is kept on the server */
			cell.refused = cell.input.value;
			show(cell, got.state);
			say(cell, got.message, got.hint);
		}
		flag(cell, got);
	}
	function decide(cell, got) {
		var mine = cell.input.value || "nothing", theirs = got.theirs || "nothing";
		function choose(value, dirty) {
			cell.rev.value = got.revision;
			cell.input.value = value;
			cell.before = value;
			cell.dirty = dirty;
			unsay(cell);
			show(cell, dirty ? "waiting" : "saved");
			keep();
			tell();
			go(cell);
			if (dirty) later(0);
		}
		say(cell, got.who + " saved " + theirs + " at " + got.when + ", while you had this sheet open.",
			"You typed " + mine + ", which is not saved yet. Which one counts?", [
				{ label: "Keep " + theirs, press: function () { choose(got.theirs, false); } },
				{ label: "Use my " + mine, press: function () { choose(cell.input.value, true); } }
			]);
	}
	/* The gap and the flag of the cell's own columns. */
	function flag(cell, got) {
		var td = cell.input.closest("td"), next, box, svg;
		if (got.word === undefined) return;
		for (next = td.nextElementSibling; next && !next.classList.contains("entry"); next = next.nextElementSibling) {
			if (next.classList.contains("num")) next.textContent = got.gap || "–";
			box = next.querySelector(".flag");
			if (!box) continue;
			svg = box.querySelector("use");
			svg.setAttribute("href", "#" + got.sign);
			if (box.tagName === "SPAN" && got.flag) {
				var a = document.createElement("a");
				a.href = "?why=" + encodeURIComponent(cell.name.slice(5)) + "#why";
				a.append.apply(a, Array.from(box.childNodes));
				box.replaceWith(a);
				box = a;
			} else if (box.tagName === "A" && !got.flag) {
				var span = document.createElement("span");
				span.append.apply(span, Array.from(box.childNodes));
				box.replaceWith(span);
				box = span;
			}
			box.className = "flag " + (got.flag || "");
			Array.from(box.childNodes).forEach(function (node) { if (node.nodeType === 3 || node.className === "vh") node.remove(); });
			box.append(got.word);
			return;
		}
	}

	/* ---- ranges ---- */

	function inRange(each) {
		if (!range) return;
		var r1 = Math.min(range.from.r, range.to.r), r2 = Math.max(range.from.r, range.to.r);
		var c1 = Math.min(range.from.c, range.to.c), c2 = Math.max(range.from.c, range.to.c);
		for (var r = r1; r <= r2; r++) for (var c = c1; c <= c2; c++) if (at(r, c)) each(at(r, c), r - r1, c - c1);
	}
	function select(from, to) {
		inRange(function (cell) { cell.box.classList.remove("sel"); });
		range = from && to && from !== to ? { from: from, to: to } : null;
		inRange(function (cell) { cell.box.classList.add("sel"); });
	}
	function several() {
		var list = [];
		inRange(function (cell) { list.push(cell); });
		return list;
	}

	/* ---- keys ---- */

	function fillDown(cell) {
		var list = several(), above = at(cell.r - 1, cell.c);
		if (list.length > 1) change(list.map(function (to) { return { cell: to, value: at(list[0].r, to.c).input.value }; }));
		else if (above) change([{ cell: cell, value: above.input.value }]);
	}
	function move(event, cell, dr, dc) {
		var to;
		if (event.shiftKey && event.key !== "Enter") {
			to = at((range ? range.to.r : cell.r) + dr, (range ? range.to.c : cell.c) + dc);
			if (to) select(range ? range.from : cell, to);
		} else {
			commit(cell);
			select();
			go(at(cell.r + dr, cell.c + dc));
		}
		event.preventDefault();
	}
	/* Left and right leave the cell only at its ends, or when all of it is chosen. */
	function atEdge(input, right) {
		var all = input.selectionStart === 0 && input.selectionEnd === input.value.length;
		return all || (input.selectionStart === input.selectionEnd && input.selectionStart === (right ? input.value.length : 0));
	}

	form.addEventListener("keydown", function (event) {
		var cell = cellOf(event.target), typing, command = event.ctrlKey || event.metaKey;
		if (!cell || event.isComposing) return;
		typing = cell.input.value !== cell.before;
		if (event.key === "Enter" && !command) move(event, cell, event.shiftKey ? -1 : 1, 0);
		else if (event.key === "ArrowDown" && !command && !typing) move(event, cell, 1, 0);
		else if (event.key === "ArrowUp" && !command && !typing) move(event, cell, -1, 0);
		else if (event.key === "ArrowLeft" && !command && (event.shiftKey ? range : atEdge(cell.input, false))) move(event, cell, 0, -1);
		else if (event.key === "ArrowRight" && !command && (event.shiftKey ? range : atEdge(cell.input, true))) move(event, cell, 0, 1);
		else if (event.key === "Escape") {
			cell.input.value = cell.before;
			show(cell, cell.dirty ? "waiting" : cell.state === "invalid" ? "saved" : cell.state);
			select();
			cell.input.select();
		} else if (command && event.key.toLowerCase() === "d") {
			event.preventDefault();
			fillDown(cell);
		} else if (command && event.key.toLowerCase() === "z" && !typing) {
			event.preventDefault();
			undo();
		} else if ((event.key === "Delete" || event.key === "Backspace") && range) {
			event.preventDefault();
			change(several().map(function (to) { return { cell: to, value: "" }; }));
		}
	});
	form.addEventListener("input", function (event) {
		var cell = cellOf(event.target);
		if (!cell) return;
		select();
		if (possible(cell, cell.input.value.trim())) { if (cell.state === "invalid") { unsay(cell); show(cell, "waiting"); } }
		else {
			show(cell, "invalid");
			say(cell, cell.input.value.trim() + " is not a grade of this column.", "");
		}
	});
	form.addEventListener("change", function (event) { commit(cellOf(event.target)); });
	form.addEventListener("focusin", function (event) {
		var cell = cellOf(event.target);
		if (cell) requestAnimationFrame(function () { if (document.activeElement === cell.input && cell.input.value === cell.before) cell.input.select(); });
	});
	form.addEventListener("mousedown", function (event) {
		var cell = cellOf(event.target), from = cellOf(document.activeElement);
		if (!cell) return;
		if (event.shiftKey && from && from !== cell) {
			event.preventDefault();
			commit(from);
			select(from, cell);
		} else select();
	});

	/* ---- to and from a spreadsheet ---- */

	function copy(event, cut) {
		var lines = [], list = several();
		if (!cellOf(document.activeElement) || list.length < 2) return;
		inRange(function (cell, r) { (lines[r] = lines[r] || []).push(cell.input.value); });
		event.clipboardData.setData("text/plain", lines.map(function (line) { return line.join("\t"); }).join("\r\n"));
		event.preventDefault();
		if (cut) change(list.map(function (to) { return { cell: to, value: "" }; }));
	}
	document.addEventListener("copy", function (event) { copy(event, false); });
	document.addEventListener("cut", function (event) { copy(event, true); });
	/* A spreadsheet ends its last line with CR LF too: that is no further row. An empty field
	   in the block leaves what stands in the cell. */
	form.addEventListener("paste", function (event) {
		var cell = cellOf(event.target), list = [], beyond = 0, empty = 0, start, block;
		if (!cell) return;
		event.preventDefault();
		block = event.clipboardData.getData("text/plain").replace(/(\r\n|\n|\r)$/, "").split(/\r\n|\n|\r/).map(function (line) {
			return line.split("\t").map(function (field) { return field.replace(/^"(.*)"$/, "$1").replace(/""/g, '"').trim(); });
		});
		start = range ? at(Math.min(range.from.r, range.to.r), Math.min(range.from.c, range.to.c)) : cell;
		if (block.length === 1 && block[0].length === 1 && range)
			list = several().map(function (to) { return { cell: to, value: block[0][0] }; });
		else block.forEach(function (line, r) {
			line.forEach(function (value, c) {
				var to = at(start.r + r, start.c + c);
				if (!to) beyond += value !== "";
				else if (value === "") empty++;
				else list.push({ cell: to, value: value });
			});
		});
		pasted = list.length + " pasted" + (beyond ? ", " + beyond + " did not fit" : "") + (empty ? ", " + empty + " empty left alone" : "") + ".";
		change(list);
		tell();
	});

	/* ---- why, and history, without leaving the page ---- */

	form.addEventListener("click", function (event) {
		var a = event.target.closest("a"), tr, url;
		if (!a || event.ctrlKey || event.metaKey || event.shiftKey) return;
		if (a.closest(".why-box") && a.closest("h2")) {
			event.preventDefault();
			a.closest("tr.why").remove();
			return;
		}
		url = new URL(a.href, location.href);
		tr = a.closest("tr.p");
		if (!tr || !(url.searchParams.has("why") || url.searchParams.has("history"))) return;
		event.preventDefault();
		fetch(url, { credentials: "same-origin" }).then(function (answer) { return answer.text(); }).then(function (text) {
			var panel = new DOMParser().parseFromString(text, "text/html").querySelector("tr.why");
			var old = form.querySelector("tr.why");
			if (old) old.remove();
			if (!panel) { location.assign(url); return; }
			tr.after(document.adoptNode(panel));
			panel.querySelector("h2 a").focus();
		}).catch(function () { location.assign(url); });
	});

	/* ---- beginning and leaving ---- */

	function again() { if (trouble) { trouble = ""; attempt = 0; later(50); } }
	window.addEventListener("online", again);
	window.addEventListener("focus", again);
	document.addEventListener("visibilitychange", function () {
		if (document.visibilityState === "visible") again();
		else { commit(cellOf(document.activeElement)); send(); }
	});
	form.addEventListener("submit", function () { leaving = true; });
	window.addEventListener("beforeunload", function (event) {
		commit(cellOf(document.activeElement));
		var dirty = Array.from(cells.values()).some(function (c) { return c.dirty; });
		if (!leaving && dirty) event.preventDefault();
	});
	if (undoButton) undoButton.addEventListener("click", undo);

	(function restore() {
		var left;
		try { left = JSON.parse(localStorage.getItem(store) || "{}"); } catch (e) { left = {}; }
		Object.keys(left).forEach(function (name) {
			var cell = cells.get(name);
			if (!cell || cell.input.value === left[name].value) return;
			cell.input.value = left[name].value;
			cell.rev.value = left[name].rev;
			touch(cell);
		});
		keep();
		if (Array.from(cells.values()).some(function (c) { return c.dirty; })) { tell(); later(50); }
		else if (undoButton) undoButton.hidden = true;
	}());
}());
