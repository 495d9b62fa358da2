import type { Beside } from './beside.ts';
import { type Part, type Report, readInPost, recalls, type Wrong } from './report.ts';

/** A report in plain text, for a trainer of listeners. */

const two = (x: number | undefined) => (x === undefined ? '   -' : x.toFixed(2).padStart(4));
const percent = (x: number | undefined) => (x === undefined ? '-' : `${(100 * x).toFixed(1)}%`).padStart(6);
const few = (n: number) => String(n).padStart(6);

/** @param tailored the shares of posts that get a reflection of their own, by which posts they are. */
export function printed(report: Report, read: string, tailored: Record<string, number>): string {
  const { sure, unsure, errors } = report;
  const [{ inDanger } = { inDanger: { rows: 0 } }] = report.sensitivities;
  const share =
    sure.prior === undefined ? '' : `; weighed as if ${percent(sure.prior).trim()} were fixes, as in real life`;
  const name = (text: string) => text.padEnd(18);
  const area = ({ name: label, rows, auc }: { name: string; rows: number; auc: number | undefined }) =>
    `  ${name(label)} AUC ${two(auc)}  ${few(rows)} there`;
  const part = (one: Part) =>
    `  ${name(one.name)} ${few(one.missed)} of ${one.fixes} fixes missed (${percent(ratio(one.missed, one.fixes)).trim()}), ` +
    `${one.noted} of ${one.fine} fine ones noted (${percent(ratio(one.noted, one.fine)).trim()})`;
  const counted = ({ right, flagged }: Report['sensitivities'][number]) =>
    sure.prior === undefined ? ` (${right} of ${flagged})` : '';
  const ranked = ({ rows, auc, precisionAt }: Report['judgement']) =>
    `  AUC ${two(auc)} (${rows} rows), precision at recall ${recalls
      .map((recall, at) => `${recall}: ${two(precisionAt[at]?.precision)}`)
      .join('  ')}`;
  return [
    read,
    `${report.replies} replies: ${sure.rows} judged for sure (${sure.fixes} fixes)${share}; ${unsure} unsure and ${inDanger.rows} under danger are left out.`,
    '',
    'The judgement, ranked by its own score',
    ranked(report.judgement),
    'The reply alone, under posts that only share a difficulty',
    ranked(report.replyAlone),
    '',
    'What each sensitivity notes',
    ...report.sensitivities.map(
      (one) =>
        `  ${name(`${one.name} (${one.mark})`)} right in ${percent(one.precision)} of its notes${counted(one)}, finds ${percent(one.recall)} of the fixes, notes ${percent(one.wrong)} of what is fine; under danger ${one.inDanger.flagged} of ${one.inDanger.rows}`,
    ),
    '',
    'Said and true: of replies with such a score, the share that are fixes',
    ...report.calibration.map(
      ({ from, to, rows, said, so }) =>
        `  ${from.toFixed(1)}-${to.toFixed(1)}  said ${two(said)}  true ${two(so)}  ${few(rows)} rows`,
    ),
    ...section('Kinds', report.kinds.filter(isThere).map(area)),
    ...section('Moves', report.moves.filter(isThere).map(area)),
    ...section('The post', report.post.filter(isThere).map(area)),
    ...section(
      'By who wrote it',
      report.hands.map((one) => `${part(one)}  AUC ${two(one.auc)}`),
    ),
    ...section(`Errors by kind (${errors.sensitivity})`, errors.kind.filter(isAny).map(part)),
    ...section(`Errors by the words of the reply (${errors.sensitivity})`, errors.length.filter(isAny).map(part)),
    ...section(
      'Posts that get a reflection of their own',
      Object.entries(tailored).map(([which, share]) => `  ${percent(share)} of ${which}`),
    ),
  ].join('\n');
}

const isThere = ({ rows }: { rows: number }) => rows > 0;
const isAny = ({ fixes, fine }: Part) => fixes + fine > 0;
const ratio = (some: number, all: number) => (all === 0 ? undefined : some / all);
const section = (title: string, lines: readonly string[]) => (lines.length ? ['', title, ...lines] : []);

/** Each error with what speaks for it. @param most of each sort. */
export function printedErrors(all: readonly Wrong[], most: number): string {
  const sorts = [...Map.groupBy(all, ({ what }) => what)];
  return sorts
    .map(([what, wrong]) =>
      [`\n${what[0]?.toUpperCase()}${what.slice(1)}: ${wrong.length}`, ...wrong.slice(0, most).map(evidence)].join(
        '\n',
      ),
    )
    .join('\n');
}

function evidence({ row, score, judgement }: Wrong): string {
  const { id, post, reply, nudge, kinds = [], reading } = row;
  const words = judgement.flag ? judgement.words : reading.findings[0]?.words;
  const likeliest = Object.entries(reading.kinds).sort(([, a], [, b]) => b - a)[0];
  const kind = judgement.kind ?? likeliest?.[0];
  const inPost = readInPost(row);
  return [
    `- ${id}`,
    `  post:  ${post}`,
    `  reply: ${reply}`,
    `  label: ${[nudge, ...kinds].join(', ')}`,
    `  read:  score ${score.toFixed(2)}, ${judgement.reason}, ${kind}${words ? `: "${words}"` : ''}${inPost.length ? `; the post: ${inPost.join(', ')}` : ''}`,
  ].join('\n');
}

/** What one would reach for instead; nothing where it was not asked for. */
export function printedBeside(others: readonly Beside[]): string {
  const lines = others.map(
    ({ name, auc, plain, precision, recall, wrong }) =>
      `  ${name.padEnd(22)} AUC ${two(auc)} (under plain posts ${two(plain)}), right in ${percent(precision)} of its notes, finds ${percent(recall)} of the fixes, notes ${percent(wrong)} of what is fine`,
  );
  return section('Beside others', lines).join('\n');
}
