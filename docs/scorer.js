// Sphinx's own weights, and one rule: who types a whole name means the page of that name.
var Scorer = {
  score: ([page, title, anchor, about, score, file, kind]) =>
    kind === "index" && !anchor ? score + 50 : score,
  objNameMatch: 11,
  objPartialMatch: 6,
  objPrio: { 0: 15, 1: 5, 2: -5 },
  objPrioDefault: 0,
  title: 15,
  partialTitle: 7,
  term: 5,
  partialTerm: 2,
};
