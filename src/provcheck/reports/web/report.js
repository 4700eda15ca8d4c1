"use strict";
// The report's own script. All text from documents enters the page as text nodes or attributes, never as markup.
const ROW = 58;
const BLOCK = Number(document.documentElement.dataset.block);
let data = null;
const blocks = new Map();

function make(tag, attributes = {}, ...children) {
  const element = tag.startsWith("svg:") ? document.createElementNS("http://www.w3.org/2000/svg", tag.slice(4)) : document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  return fill(element, children);
}
function fill(element, children) { // nodes and texts, nested as they come; nothing is left out where there is none
  element.replaceChildren(...[children].flat(Infinity).filter((child) => child !== null && child !== undefined));
  return element;
}
const number = (value) => value.toLocaleString("en");
const counted = (count, one, many = one + "s") => `${number(count)} ${count === 1 ? one : many}`;

async function unpack(id) {
  const packed = Uint8Array.from(atob(document.getElementById(id).textContent), (c) => c.charCodeAt(0));
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
  return JSON.parse(await new Response(stream).text());
}
async function contents(index) {
  const at = Math.floor(index / BLOCK);
  if (!blocks.has(at)) blocks.set(at, unpack(`block-${at}`));
  return (await blocks.get(at))[index % BLOCK];
}

// --- overview ---------------------------------------------------------------------------------------------------------
function bars(title, rows, most = 12) {
  const top = rows.slice(0, most);
  const greatest = Math.max(1, ...top.map((row) => row.value));
  const items = top.map((row) => make("li", {},
    row.href ? make("a", { class: "name", href: row.href, title: row.name }, row.name) : make("span", { class: "name", title: row.name }, row.name),
    make("svg:svg", { viewBox: "0 0 100 8", preserveAspectRatio: "none", "aria-hidden": "true" },
      make("svg:rect", { x: 0, y: 0, height: 8, width: row.value ? Math.max(0.6, (100 * row.value) / greatest) : 0, class: row.kind || "" })),
    make("span", { class: "value" }, number(row.value))));
  const rest = rows.length > most ? make("p", { class: "hint" }, `and ${number(rows.length - most)} more`) : null;
  return make("figure", { class: "panel" }, make("figcaption", {}, title), items.length ? make("ol", { class: "bars" }, items) : make("p", { class: "hint" }, "none"), rest);
}
function tally(values) {
  const counts = new Map();
  for (const value of values) counts.set(value, (counts.get(value) || 0) + 1);
  return [...counts].map(([name, value]) => ({ name, value })).sort((a, b) => b.value - a.value || (a.name < b.name ? -1 : 1));
}
function dates() {
  const days = data.documents.published.filter(Boolean).map((day) => day.slice(0, 10)).sort();
  if (!days.length) return bars("Documents by date", []);
  const span = (Date.parse(days[days.length - 1]) - Date.parse(days[0])) / 864e5;
  const cut = span > 1100 ? 4 : span > 60 ? 7 : 10;
  const rows = tally(days.map((day) => day.slice(0, cut))).sort((a, b) => (a.name < b.name ? -1 : 1));
  const greatest = Math.max(...rows.map((row) => row.value)), width = 100 / rows.length;
  const columns = rows.map((row, i) => make("svg:rect", { x: i * width, width: Math.max(0.4, width * 0.86), y: 60 - (56 * row.value) / greatest, height: (56 * row.value) / greatest },
    make("svg:title", {}, `${row.name}: ${number(row.value)}`)));
  const label = `Documents by date, from ${rows[0].name} to ${rows[rows.length - 1].name}; most on ${[...rows].sort((a, b) => b.value - a.value)[0].name}`;
  return make("figure", { class: "panel" }, make("figcaption", {}, `Documents by ${cut === 10 ? "day" : cut === 7 ? "month" : "year"}`),
    make("svg:svg", { viewBox: "0 0 100 60", preserveAspectRatio: "none", role: "img", "aria-label": label, class: "columns" }, columns),
    make("p", { class: "hint" }, `${rows[0].name} to ${rows[rows.length - 1].name}, at most ${number(greatest)}`));
}
function overview() {
  const s = data.summary, d = data.documents;
  const card = (count, name, href) => make("li", {}, make("b", {}, number(count)), href ? make("a", { href }, name) : make("span", {}, name));
  const words = d.words.reduce((a, b) => a + b, 0);
  const sizes = tally(data.groups.map((g) => (g.members.length > 9 ? "10 and more" : String(g.members.length)))).sort((a, b) => parseInt(a.name) - parseInt(b.name));
  return make("div", {},
    make("h2", {}, "Overview"),
    make("ul", { class: "cards" }, card(s.documents, s.documents === 1 ? "document" : "documents", "#documents"), card(words, "words"), card(s.verdicts.review || 0, "to review", "#documents?verdict=review"),
      card(s.verdicts.drop || 0, "dropped", "#documents?verdict=drop"), card(s.groups, "groups of copies", "#groups"), card(s.stories, "stories", "#stories"), card(s.problems, "not read", "#problems")),
    make("div", { class: "charts" },
      bars("Documents by verdict", ["keep", "review", "drop"].map((v) => ({ name: v, value: s.verdicts[v] || 0, kind: v, href: `#documents?verdict=${v}` }))),
      bars("Findings by rule", Object.entries(s.findings).map(([name, value]) => ({ name, value, href: `#documents?rule=${encodeURIComponent(name)}` })).sort((a, b) => b.value - a.value || (a.name < b.name ? -1 : 1)), 15),
      bars("Outlets", tally(d.source.filter(Boolean)).map((r) => ({ ...r, href: `#documents?source=${encodeURIComponent(r.name)}` }))),
      bars("Groups by size", sizes.map((r) => ({ ...r, name: `${r.name} documents` }))),
      bars("Languages", tally(d.language).map((r) => ({ ...r, href: `#documents?language=${r.name}` }))),
      dates()));
}

// --- documents --------------------------------------------------------------------------------------------------------
const filters = { q: "", verdict: "", language: "", source: "", rule: "" };
let shown = [], rowsBox = null;

function matching() {
  const d = data.documents, q = filters.q.toLowerCase(), rule = filters.rule ? data.rules.indexOf(filters.rule) : -1;
  const found = [];
  for (let i = 0; i < d.id.length; i++) {
    if (filters.verdict && d.verdict[i] !== filters.verdict) continue;
    if (filters.language && d.language[i] !== filters.language) continue;
    if (filters.source && d.source[i] !== filters.source) continue;
    if (filters.rule && !d.rules[i].includes(rule) && !(data.across.get(d.id[i]) || []).some((f) => f.rule === filters.rule)) continue;
    if (q && !(d.id[i] + " " + (d.title[i] || "") + " " + (d.source[i] || "")).toLowerCase().includes(q)) continue;
    found.push(i);
  }
  return found;
}
function chooser(name, label, values) {
  const select = make("select", { onchange: (e) => { filters[name] = e.target.value; refill(); } }, make("option", { value: "" }, "all"), values.map((v) => make("option", { value: v, selected: filters[name] === v }, v)));
  return make("label", {}, label, select);
}
function documents(current) {
  const d = data.documents;
  rowsBox = make("div", { class: "rows", tabindex: "0", role: "region", "aria-label": "Documents", onscroll: () => requestAnimationFrame(paint) }, make("ol", {}));
  const side = make("div", {},
    make("div", { class: "filters" },
      make("label", { class: "wide" }, "Search ids, titles, outlets", make("input", { type: "search", value: filters.q, oninput: (e) => { filters.q = e.target.value; refill(); } })),
      chooser("verdict", "Verdict", ["keep", "review", "drop"]), chooser("language", "Language", tally(d.language).map((r) => r.name)),
      chooser("source", "Outlet", tally(d.source.filter(Boolean)).map((r) => r.name).slice(0, 500).sort()), chooser("rule", "With findings of", Object.keys(data.summary.findings).sort())),
    make("p", { class: "hint", id: "count", role: "status" }), rowsBox);
  const pane = make("article", { class: "panel", id: "pane", "aria-live": "polite" }, current === null ? make("p", { class: "hint" }, "Choose a document.") : make("p", { class: "hint" }, "Unpacking…"));
  const view = make("div", { class: "split" }, side, pane);
  queueMicrotask(() => { refill(current); if (current !== null) openDocument(current, pane); });
  return view;
}
function refill(current = null) {
  shown = matching();
  document.getElementById("count").textContent = `${counted(shown.length, "document")} of ${number(data.documents.id.length)}`;
  const list = rowsBox.firstChild;
  list.style.height = `${shown.length * ROW}px`;
  rowsBox.scrollTop = current === null ? 0 : Math.max(0, shown.indexOf(current) * ROW - 3 * ROW);
  paint();
}
function paint() {
  const d = data.documents, list = rowsBox.firstChild, current = location.hash.match(/^#doc=(\d+)/);
  const first = Math.max(0, Math.floor(rowsBox.scrollTop / ROW) - 6), last = Math.min(shown.length, first + Math.ceil(rowsBox.clientHeight / ROW) + 12);
  list.replaceChildren(...shown.slice(first, last).map((i, at) => {
    const item = make("li", { "aria-setsize": shown.length, "aria-posinset": first + at + 1 },
      make("a", { href: `#doc=${i}`, "aria-current": current && Number(current[1]) === i ? "true" : null },
        make("b", { dir: "auto" }, d.title[i] || d.id[i]),
        make("span", { class: "meta" }, make("span", { class: `verdict ${d.verdict[i]}` }, d.verdict[i]), ` · ${counted(d.flags[i] + (data.across.get(d.id[i]) || []).length, "finding")} · ${[d.source[i], d.published[i], d.title[i] ? d.id[i] : null].filter(Boolean).join(" · ")}`)));
    item.style.top = `${(first + at) * ROW}px`;
    return item;
  }));
}
function utf16(text) { // offsets count code points
  if (!/[\ud800-\udfff]/.test(text)) return (at) => at;
  const places = [0];
  let length = 0;
  for (const character of text) places.push((length += character.length));
  return (at) => places[Math.min(at, places.length - 1)];
}
const RANK = { across: 0, flag: 1, remove: 2, credit: 3 };
function marked(text, spans) { // spans: {start, end, kind, why}, in code points; where they overlap, the one to look at wins
  const place = utf16(text), ready = spans.filter((s) => s.end > s.start).map((s) => ({ ...s, from: place(s.start), to: place(s.end) }));
  const edges = [...new Set([0, text.length, ...ready.flatMap((s) => [s.from, s.to])])].sort((a, b) => a - b);
  const seen = new Set(), out = [];
  for (let i = 0; i + 1 < edges.length; i++) {
    const piece = text.slice(edges[i], edges[i + 1]);
    const over = ready.filter((s) => s.from <= edges[i] && s.to >= edges[i + 1]).sort((a, b) => RANK[a.kind] - RANK[b.kind] || a.to - a.from - (b.to - b.from))[0];
    if (!over) { out.push(piece); continue; }
    const first = !seen.has(over);
    seen.add(over);
    out.push(make("mark", { class: over.kind, tabindex: first ? "0" : null, "data-why": over.why, "aria-label": first ? `${piece} — ${over.why}` : null, role: first ? "note" : null }, piece));
  }
  return out;
}
function chips(record) {
  const p = record.provenance, parts = [];
  if (p.agencies.length) parts.push(["agency", p.agencies.map((a) => a.name).join(", ")]);
  if (p.dateline) parts.push(["dateline", [p.dateline.place, p.dateline.agency].filter(Boolean).join(", ")]);
  if (p.publisher) parts.push(["published in", p.publisher.name]);
  if (p.published) parts.push(["dated", p.published.date]);
  if (p.bylines.length) parts.push(["by", p.bylines.map((b) => `${b.name} (${b.role})`).join(", ")]);
  if (p.photo_credits.length) parts.push(["photos", p.photo_credits.map((c) => c.name).join(", ")]);
  if (p.cites.length) parts.push(["cites", p.cites.map((c) => c.name).join(", ")]);
  return parts.length ? make("table", {}, make("tbody", {}, parts.map(([name, value]) => make("tr", {}, make("th", { scope: "row" }, name), make("td", { dir: "auto" }, value))))) : null;
}
function spansOf(id, findings) {
  const own = findings.map((f) => ({ start: f.start, end: f.end, kind: f.action, why: `${f.rule}: ${f.message}` }));
  const across = (data.across.get(id) || []).flatMap((f) => f.places.filter((p) => p.document === id).map((p) => ({ start: p.start, end: p.end, kind: "across", why: `${f.rule}: ${f.message}` })));
  return [...own, ...across];
}
function link(id) {
  const at = data.place.get(id);
  return at === undefined ? make("span", {}, id) : make("a", { href: `#doc=${at}` }, id);
}
function told(f) {
  const where = f.places ? make("span", { class: "meta" }, " ", f.places.filter((p, i, all) => all.findIndex((o) => o.document === p.document) === i).slice(0, 8).map((p) => [link(p.document), `:${p.line} `])) : make("span", { class: "meta" }, ` line ${f.line}`);
  return make("li", {}, make("span", { class: `level ${f.level}` }, f.level), make("strong", {}, f.rule), " ", f.message, " — ", make("q", { dir: "auto" }, f.places ? f.places[0].text : f.text), where);
}
async function openDocument(index, pane) {
  const d = data.documents, id = d.id[index];
  let record;
  try { record = await contents(index); } catch (error) { fill(pane, make("p", {}, `This document could not be unpacked: ${error}`)); return; }
  const flags = record.findings.filter((f) => f.action === "flag"), rest = record.findings.filter((f) => f.action !== "flag"), across = data.across.get(id) || [];
  const groups = data.groups.filter((g) => g.members.some((m) => m.id === id)), stories = data.stories.filter((s) => s.documents.includes(id));
  fill(pane, [
    make("h2", { dir: "auto", tabindex: "-1" }, d.title[index] || id),
    make("p", { class: "meta" }, make("span", { class: `verdict ${d.verdict[index]}` }, d.verdict[index]), ` · ${[id, counted(d.words[index], "word"), d.language[index], d.published[index], d.source[index]].filter(Boolean).join(" · ")}`),
    record.archived ? make("ul", { class: "archived" }, record.archived.map((line) => make("li", { dir: "auto" }, "archive: ", line))) : null,
    groups.length || stories.length ? make("p", {}, groups.map((g) => make("a", { href: `#group=${g.id}` }, `one of ${g.members.length} copies`)), " ", stories.map((s) => make("a", { href: `#story=${s.id}` }, `one of ${s.documents.length} documents of a story`))) : null,
    chips(record),
    across.length ? [make("h3", {}, "Across documents"), make("ul", { class: "findings" }, across.map(told))] : null,
    flags.length ? [make("h3", {}, "To look at"), make("ul", { class: "findings" }, flags.map(told))] : null,
    make("h3", {}, "Text"),
    make("ul", { class: "legend" }, [["remove", "not the article"], ["credit", "credit"], ["flag", "to look at"], ["across", "differs from other copies"]].map(([kind, name]) => make("li", {}, make("mark", { class: kind }, name)))),
    make("div", { class: "text", dir: "auto" }, marked(record.text, spansOf(id, record.findings))),
    rest.length ? [make("h3", {}, "Removed and credited"), make("ul", { class: "findings" }, rest.map(told))] : null]);
}

// --- groups and stories -----------------------------------------------------------------------------------------------
const titleOf = (id) => { const at = data.place.get(id); return (at !== undefined && data.documents.title[at]) || id; };
const dateOf = (id) => { const at = data.place.get(id); return at === undefined ? null : data.documents.published[at]; };
function listing(kind, all, current, describe) {
  const items = all.map((each) => make("tr", {}, make("td", {}, make("a", { href: `#${kind}=${each.id}`, "aria-current": current === each.id ? "true" : null }, describe(each))), make("td", {}, String((each.members || each.documents).length))));
  return make("div", { class: "panel scroll" }, make("table", {}, make("thead", {}, make("tr", {}, make("th", { scope: "col" }, kind === "group" ? "Group" : "Story"), make("th", { scope: "col" }, "Documents"))), make("tbody", {}, items)));
}
function timeline(ids, origin) {
  const dated = ids.filter(dateOf).map((id) => ({ id, at: Date.parse(dateOf(id)) })).filter((e) => !Number.isNaN(e.at));
  if (dated.length < 2) return null;
  const low = Math.min(...dated.map((e) => e.at)), high = Math.max(...dated.map((e) => e.at), low + 864e5), used = new Map();
  const dots = dated.map((e) => {
    const x = 30 + (540 * (e.at - low)) / (high - low), level = used.get(Math.round(x / 8)) || 0;
    used.set(Math.round(x / 8), level + 1);
    return make("svg:circle", { cx: x, cy: 52 - 9 * Math.min(level, 5), r: 4.5, class: e.id === origin ? "origin" : "" }, make("svg:title", {}, `${dateOf(e.id)} ${e.id}`));
  });
  const day = (t) => new Date(t).toISOString().slice(0, 10);
  return make("figure", {}, make("figcaption", {}, "Time line"), make("svg:svg", { viewBox: "0 0 600 80", role: "img", "aria-label": `Published from ${day(low)} to ${day(high)}; the table below has every date` },
    make("svg:line", { x1: 20, x2: 580, y1: 60, y2: 60, class: "axis" }), dots, make("svg:text", { x: 20, y: 76 }, day(low)), make("svg:text", { x: 580, y: 76, "text-anchor": "end" }, day(high))));
}
function bestLinks(group) { // for every member but the origin, the link that ties it: to the origin if there is one
  const origin = group.origin.document, found = new Map();
  for (const member of group.members) {
    if (member.id === origin) continue;
    const mine = group.links.filter((l) => l.a === member.id || l.b === member.id).sort((a, b) => b.score - a.score);
    const best = mine.find((l) => l.a === origin || l.b === origin) || mine[0];
    if (best) found.set(member.id, { ...best, to: best.a === member.id ? best.b : best.a });
  }
  return found;
}
function graph(group) {
  const most = 24, links = bestLinks(group), origin = group.origin.document || group.members[0].id;
  const others = group.members.filter((m) => m.id !== origin).slice(0, most), height = Math.max(60, others.length * 26 + 20), middle = height / 2;
  const short = (t) => (t.length > 42 ? t.slice(0, 41) + "…" : t), spot = new Map([[origin, [150, middle]], ...others.map((m, i) => [m.id, [430, 22 + i * 26]])]);
  const edges = others.map((m) => { const l = links.get(m.id), [x, y] = spot.get(m.id), [u, v] = spot.get(l ? l.to : origin) || spot.get(origin);
    return make("svg:path", { class: "edge", d: u === x ? `M${x - 8} ${y} C ${x - 60} ${y} ${x - 60} ${v} ${x - 8} ${v}` : `M${u + 8} ${v} C ${(u + x) / 2} ${v} ${(u + x) / 2} ${y} ${x - 8} ${y}` }, l ? make("svg:title", {}, `${l.relation}, score ${l.score.toFixed(2)}`) : null); });
  const nodes = [make("svg:circle", { cx: 150, cy: middle, r: 6, class: group.origin.document ? "origin" : "" }), make("svg:text", { x: 138, y: middle - 12, "text-anchor": "middle" }, short(origin).slice(0, 24)),
    others.map((m) => { const [x, y] = spot.get(m.id), l = links.get(m.id); return [make("svg:circle", { cx: x, cy: y, r: 5 }), make("svg:text", { x: x + 12, y: y + 4 }, `${short(m.id)}${l ? ` · ${l.relation}` : ""}`)]; })].flat(2);
  return make("figure", {}, make("figcaption", {}, group.origin.document ? "Who has it from whom" : "Who is tied to whom (the origin is undecided)"), make("svg:svg", { viewBox: `0 0 820 ${height}`, role: "img", "aria-label": "The likely origin and its copies; the table below says the same in words" }, edges, nodes),
    group.members.length - 1 > most ? make("p", { class: "hint" }, `and ${group.members.length - 1 - most} more`) : null);
}
function words(text) { return text.match(/\s+|[^\s]+/gu) || []; }
function compared(a, b) { // longest common subsequence of words; each side with what differs marked
  const left = words(a), right = words(b), x = left.filter((w) => w.trim()), y = right.filter((w) => w.trim());
  const fold = (w) => w.toLowerCase().replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, "");
  const n = Math.min(x.length, 1800), m = Math.min(y.length, 1800), p = x.slice(0, n).map(fold), q = y.slice(0, m).map(fold), table = new Uint16Array((n + 1) * (m + 1));
  for (let i = n - 1; i >= 0; i--) for (let j = m - 1; j >= 0; j--) table[i * (m + 1) + j] = p[i] === q[j] ? table[(i + 1) * (m + 1) + j + 1] + 1 : Math.max(table[(i + 1) * (m + 1) + j], table[i * (m + 1) + j + 1]);
  const same = [new Set(), new Set()];
  for (let i = 0, j = 0; i < n && j < m; ) { if (p[i] === q[j]) { same[0].add(i++); same[1].add(j++); } else if (table[(i + 1) * (m + 1) + j] >= table[i * (m + 1) + j + 1]) i++; else j++; }
  const side = (pieces, kept, limit) => { let at = -1; return pieces.map((w) => { if (!w.trim()) return w; at++; return at >= limit || kept.has(at) ? w : make("mark", { class: "changed" }, w); }); };
  return [side(left, same[0], n), side(right, same[1], m)];
}
function beside(ids, findings, origin) {
  const pick = (label, chosen) => { const select = make("select", {}, ids.map((id) => make("option", { value: id, selected: id === chosen }, id))); return [make("label", {}, label, select), select]; };
  const first = origin || ids[0], [one, a] = pick("Left", first), [other, b] = pick("Right", ids.find((id) => id !== first));
  const out = make("div", { role: "status" });
  const show = async () => {
    const [i, j] = [data.place.get(a.value), data.place.get(b.value)];
    fill(out, make("p", { class: "hint" }, "Unpacking…"));
    const [x, y] = await Promise.all([contents(i), contents(j)]), [left, right] = compared(x.text, y.text);
    const between = findings.filter((f) => f.places.some((p) => p.document === a.value) && f.places.some((p) => p.document === b.value));
    fill(out, [between.length ? make("h3", {}, "Names, quotes and figures that differ") : null, make("ul", { class: "findings" }, between.map((f) => make("li", {}, make("strong", {}, f.rule), " ", f.message,
      [a.value, b.value].map((id) => make("div", {}, make("span", { class: "meta" }, `${id}: `), f.places.filter((p) => p.document === id).slice(0, 3).map((p) => [make("mark", { class: "across" }, p.text), " "])))))),
      make("p", { class: "hint" }, "Words that the other text does not have in this place are marked."),
      make("div", { class: "sides" }, [[a.value, left], [b.value, right]].map(([id, pieces]) => make("section", { class: "panel", "aria-label": id }, make("h3", {}, link(id)), make("div", { class: "text", dir: "auto" }, pieces))))]);
  };
  return make("section", {}, make("h3", {}, "Side by side"), make("div", { class: "choose" }, one, other, make("button", { type: "button", onclick: show }, "Compare")), out);
}
function group(id) {
  const g = data.groups.find((each) => each.id === id), links = bestLinks(g), origin = g.origin.document;
  const rows = g.members.map((m) => { const l = links.get(m.id); return make("tr", {}, make("td", {}, link(m.id)), make("td", {}, m.role), make("td", {}, dateOf(m.id) || ""), make("td", {}, l ? `${l.relation} (${l.score.toFixed(2)}), ${Math.round(100 * Math.max(l.containment_a, l.containment_b))} % contained` : "")); });
  return make("article", { class: "panel" }, make("h2", { dir: "auto", tabindex: "-1" }, titleOf(origin || g.members[0].id)), make("p", {}, `${g.members.length} documents share one source text. Likely origin: `, origin ? link(origin) : "undecided", origin ? ` (${g.origin.confidence} confidence)` : ""),
    g.origin.evidence.length ? make("ul", {}, g.origin.evidence.map((e) => make("li", {}, e))) : null, graph(g), timeline(g.members.map((m) => m.id), origin),
    make("div", { class: "scroll" }, make("table", {}, make("thead", {}, make("tr", {}, ["Document", "Role", "Published", "Tie"].map((n) => make("th", { scope: "col" }, n)))), make("tbody", {}, rows))),
    g.findings.length ? [make("h3", {}, "What changed"), make("ul", { class: "findings" }, g.findings.map(told))] : null, beside(g.members.map((m) => m.id), [...g.findings, ...data.stories.flatMap((s) => s.findings)], origin));
}
function story(id) {
  const s = data.stories.find((each) => each.id === id);
  return make("article", { class: "panel" }, make("h2", { dir: "auto", tabindex: "-1" }, titleOf(s.documents[0])), make("p", {}, `${s.documents.length} documents report one event`, s.evidence.length ? `: ${s.evidence.join("; ")}.` : "."), timeline(s.documents, null),
    make("ul", {}, s.documents.map((d) => make("li", {}, link(d), " ", make("span", { class: "meta" }, [dateOf(d), titleOf(d) === d ? null : titleOf(d)].filter(Boolean).join(" · "))))),
    s.groups.length ? make("p", {}, "Groups of copies in it: ", s.groups.map((g) => [make("a", { href: `#group=${g}` }, g), " "])) : null, s.findings.length ? [make("h3", {}, "What differs"), make("ul", { class: "findings" }, s.findings.map(told))] : null, beside(s.documents, s.findings, null));
}
function problems() {
  return make("div", {}, make("h2", {}, "Not read"), data.problems.length ? make("ul", {}, data.problems.map((p) => make("li", {}, make("strong", {}, p.id && p.id !== p.path ? `${p.path}: ${p.id}` : p.path), `: ${p.reason}${p.where ? ` (${p.where})` : ""}`))) : make("p", {}, "Everything was read."));
}

// --- the page ---------------------------------------------------------------------------------------------------------
const VIEWS = [["overview", "Overview"], ["documents", "Documents"], ["groups", "Groups"], ["stories", "Stories"], ["problems", "Not read"]];
function route() {
  const [name, query] = decodeURI(location.hash.slice(1) || "overview").split("?");
  const [kind, value] = name.split("=");
  const tab = { doc: "documents", group: "groups", story: "stories" }[kind] || kind;
  if (kind === "documents" && query !== undefined) { Object.assign(filters, { q: "", verdict: "", language: "", source: "", rule: "" }, Object.fromEntries(new URLSearchParams(location.hash.split("?")[1]))); }
  document.querySelector("nav").replaceChildren(...VIEWS.map(([id, label]) => make("a", { href: `#${id}`, "aria-current": id === tab ? "page" : null }, label)));
  const main = document.querySelector("main"), pane = document.getElementById("pane");
  if (kind === "doc" && pane && rowsBox && rowsBox.isConnected) { openDocument(Number(value), pane).then(() => pane.querySelector("h2")?.focus()); paint(); return; }
  const known = (all) => all.some((each) => each.id === value);
  const describeGroup = (g) => titleOf(g.origin.document || g.members[0].id);
  let view = null;
  if (kind === "doc" && Number(value) < data.documents.id.length) view = documents(Number(value));
  else if (tab === "documents") view = documents(null);
  else if (tab === "groups") view = make("div", { class: "split" }, listing("group", data.groups, value, describeGroup), known(data.groups) ? group(value) : make("p", { class: "hint" }, data.groups.length ? "Choose a group." : "No two documents share a source text."));
  else if (tab === "stories") view = make("div", { class: "split" }, listing("story", data.stories, value, (s) => titleOf(s.documents[0])), known(data.stories) ? story(value) : make("p", { class: "hint" }, data.stories.length ? "Choose a story." : "No two documents report one event."));
  else if (tab === "problems") view = problems();
  main.replaceChildren(view || overview());
  if (kind === "group" || kind === "story") main.querySelector("article h2")?.focus();
}
function tips() {
  const tip = document.getElementById("tip");
  const show = (event) => {
    const mark = event.target.closest ? event.target.closest("mark[data-why]") : null;
    tip.hidden = !mark;
    if (!mark) return;
    tip.textContent = mark.dataset.why;
    const box = mark.getBoundingClientRect();
    tip.style.left = `${Math.max(8, Math.min(box.left, innerWidth - tip.offsetWidth - 8))}px`;
    tip.style.top = `${box.bottom + tip.offsetHeight + 10 > innerHeight ? Math.max(4, box.top - tip.offsetHeight - 6) : box.bottom + 6}px`;
  };
  for (const name of ["mouseover", "focusin"]) document.addEventListener(name, show);
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") tip.hidden = true; });
  document.addEventListener("scroll", () => { tip.hidden = true; }, true);
}
async function start() {
  if (typeof DecompressionStream === "undefined") { document.querySelector("main").textContent = "This browser is too old to unpack the report; a current one opens it."; return; }
  data = await unpack("index");
  data.place = new Map(data.documents.id.map((id, at) => [id, at]));
  data.groups.sort((a, b) => b.members.length - a.members.length || (a.id < b.id ? -1 : 1));
  data.stories.sort((a, b) => b.documents.length - a.documents.length || (a.id < b.id ? -1 : 1));
  data.across = new Map();
  for (const finding of [...data.groups, ...data.stories, ...data.sites].flatMap((each) => each.findings)) {
    for (const id of new Set(finding.places.map((p, at) => (at === 0 ? p.document : null)).filter(Boolean))) data.across.set(id, [...(data.across.get(id) || []), finding]);
  }
  addEventListener("hashchange", route);
  tips();
  route();
}
start();
