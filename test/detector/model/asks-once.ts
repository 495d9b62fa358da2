/** A process that asks the encoder once and then has nothing more to do. It never closes it. */
import { openModel } from '#detector/model/open';

const { ask } = openModel(`${import.meta.dirname}/../../../data/model`);
const logits = await ask('you should get a puppy', 'my dog died', 1);
process.stdout.write(`answered ${logits.length}\n`);
