// Two rules (Z302 and Z301) in another language, held against the conformance pack.
//
//   zaitaku conformance write pack.jsonl
//   node two-rules.mjs pack.jsonl > results.jsonl
//   zaitaku conformance check results.jsonl
//
// It judges the cases that it understands (complete lists, a month that is over, national rules, ISO dates)
// and says nothing of the others, which the check counts as missing.
import { readFileSync } from "node:fs";

const CHANNELS = ["phone", "video", "visit", "office", "chat", "mail"];

function understands({ case: month, overlays, ruleset, as_of: asOf }) {
  if (!/^\d{4}-\d{2}$/.test(month.month) || overlays.length > 0 || ruleset.length > 1) return false;
  const days = new Date(Date.UTC(+month.month.slice(0, 4), +month.month.slice(5), 0)).getUTCDate();
  const isOver = asOf > `${month.month}-${days}`;
  const isOpen = month.month >= "2015-04" && month.provider.service !== "selection";
  const isWhole = ["days", "contacts", "daily_reports"].every((name) => month[name] && !month.coverage?.[name]);
  return isOver && isOpen && isWhole && isPlain(month);
}

function isPlain({ days, contacts }) {
  const texts = [...days.map((row) => row.date), ...contacts.map((row) => row.at)];
  const isIso = texts.every((text) => /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2})?$/.test(text));
  return isIso && contacts.every((row) => row.by !== "user" || row.answered !== undefined);
}

function homeDays(month) {
  const rows = month.days.filter((row) => row.place === "home" || row.place === "satellite");
  const dates = rows.map((row) => row.date).filter((date) => date.startsWith(month.month));
  return [...new Set(dates)].sort();
}

function finding(home, broken) {
  const days = home.filter(broken);
  return { status: home.length === 0 ? "idle" : days.length ? "broken" : "kept", days };
}

function judge({ id, case: month }) {
  const home = homeDays(month);
  const reported = new Set(month.daily_reports.map((row) => row.date));
  const heard = month.contacts.filter((row) => CHANNELS.includes(row.channel) && (row.by !== "user" || row.answered));
  const moments = [...new Set(heard.map((row) => `${row.at} ${row.channel}`))];
  const hasFew = (day) => moments.filter((moment) => moment.startsWith(day)).length < 2;
  return { id, rules: { Z301: finding(home, hasFew), Z302: finding(home, (day) => !reported.has(day)) } };
}

const lines = readFileSync(process.argv[2], "utf8").trim().split("\n").map((line) => JSON.parse(line));
const cases = lines.filter((line) => line.schema === "zaitaku-conformance/1");
for (const one of cases.filter(understands)) console.log(JSON.stringify(judge(one)));
