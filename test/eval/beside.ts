import { text } from 'alex';
import model from 'wink-eng-lite-web-model';
import winkNLP from 'wink-nlp';
import { judge, scoreOf } from '#detector/judge';
import { readCard } from '#detector/model/open';
import { alone } from '#detector/model/vote';
import { loadSigns } from '#detector/open';
import { readBy } from '#detector/rules/read';
import type { Terms } from '#detector/terms';
import { atShare, auc, decided } from './metrics.ts';
import { model as folder, type Row } from './readings.ts';
import { isPlain, isSure } from './report.ts';

/** What one would reach for instead, on the same replies. None of them was made for this: that is the point. */

type Said = { score: number; flag: boolean };
type Other = { name: string; say: (row: Row) => Said };
export type Beside = {
  name: string;
  /** Of the judgement; `plain` under posts that only share a difficulty. */
  auc: number | undefined;
  plain: number | undefined;
  precision: number | undefined;
  recall: number | undefined;
  wrong: number | undefined;
};

/** As a moderator might write it down in ten minutes. */
const phrases = [
  'at least',
  'you should',
  'you need to',
  'you have to',
  'just try',
  'have you tried',
  'why don',
  'everything happens for a reason',
  'look on the bright side',
  'could be worse',
  'others have it worse',
  'cheer up',
  'stay strong',
  'stay positive',
  'think positive',
  "don't worry",
  "don't be sad",
  'calm down',
  'get over it',
  'move on',
  'let it go',
  'time heals',
  'be grateful',
  'snap out of it',
  "it's not that bad",
  'man up',
];

/** @param terms those by which the detector judges. */
function others(terms: Terms): Other[] {
  const wink = winkNLP(model, ['sentiment']);
  const { its } = wink;
  const signs = readBy(loadSigns());
  const { votes } = readCard(folder);
  return [
    { name: 'Attune', say: ({ reading }) => ({ score: scoreOf(reading), flag: judge(reading, terms).flag }) },
    {
      name: 'Attune, signs alone',
      say({ reply, post }) {
        const reading = alone(signs.read(reply, post), votes);
        return { score: scoreOf(reading), flag: judge(reading, terms).flag };
      },
    },
    {
      name: 'list of phrases',
      say({ reply }) {
        const plain = reply.toLowerCase().replaceAll('’', "'");
        const found = phrases.filter((phrase) => plain.includes(phrase)).length;
        return { score: found, flag: found > 0 };
      },
    },
    {
      name: 'sentiment (wink-nlp)',
      say({ reply }) {
        const sentiment = Number(wink.readDoc(reply).out(its.sentiment));
        return { score: -sentiment, flag: sentiment < 0 };
      },
    },
    {
      name: 'alex',
      say({ reply }) {
        const { length } = text(reply).messages;
        return { score: length, flag: length > 0 };
      },
    },
  ];
}

export function beside(rows: readonly Row[], terms: Terms, prior?: number): Beside[] {
  const sure = rows.filter(isSure).map((row) => ({ ...row, isSo: row.nudge === 'yes' }));
  const weighed = prior === undefined ? sure : atShare(sure, prior);
  return others(terms).map(({ name, say }) => {
    const said = weighed.map((row) => ({ ...row, ...say(row) }));
    const { precision, recall, wrong } = decided(said);
    return { name, auc: auc(said), plain: auc(said.filter(isPlain)), precision, recall, wrong };
  });
}
