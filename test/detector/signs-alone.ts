import { fileURLToPath } from 'node:url';
import { readCard } from '#detector/model/open';
import { alone } from '#detector/model/vote';
import { loadSigns } from '#detector/open';
import type { Reading } from '#detector/reading';
import { readBy } from '#detector/rules/read';

/** The signs as the bot reads by them where the encoder cannot run. */

const { votes } = readCard(fileURLToPath(new URL('../../data/model', import.meta.url)));
const signs = readBy(loadSigns());

export const signsAlone = {
  screen: signs.screen,
  read: (reply: string, post: string): Reading => alone(signs.read(reply, post), votes),
};
