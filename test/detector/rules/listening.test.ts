import { describe, expect, it } from 'vitest';
import { judge } from '#detector/judge';
import { kinds } from '#detector/reading';
import { signsAlone } from '../signs-alone.ts';

/** What is near to a fix and is none, and which words are real listening rather than only kind. */

const { read } = signsAlone;
const post = 'my dog died on sunday and i cant stop crying, the house is so empty';
const flag = (reply: string) => judge(read(reply, post), { sensitivity: 'balanced', kinds }).flag;
const lines = (text: string) => text.trim().split('\n');

describe('a fix that is rejected, told of others or taken back is none', () => {
  it.each(
    lines(`
no rush to get over it
you're allowed to not be over him yet
it sounds as if everything lands on you
it must feel like there is less air in that house
this is a big deal, even if they laugh
i can't change what happened but i can stay
how did you hear about it?
i'm not here to cheer you up
sorry, i jumped straight to advice
oops, that was more advice than listening
everyone acts like you're supposed to be happy for her
i don't know if it gets easier
i can't promise it will be okay
you wish he had said it once
who says you have to forgive her?
i read all the way down, and then again
just be sad here for a while
go on, i'm reading
i might get it wrong, tell me if so
would it help to have company while you wait?
i'm not going to say everything happens for a reason
people who tell you to cheer up have no idea
nobody gets to tell you to move past it
cry as long as you need
so you feel you have to hold it all together
you feel like you should be further by now`),
  )('%s', (reply) => expect(flag(reply)).toBe(false));
});

describe('the same words in earnest are one', () => {
  it.each(
    lines(`
tell your mom the truth, you have to stand up for yourself
say how you feel, you should not swallow it
time heals
you'll get over it
you're just overreacting
it's not a big deal
cheer up
think positive!
you need to get over it
just be yourself
just be more confident
go on a trip
it was meant to be
it could be worse, you know
others have it worse
don't give up, things will get better
get over it already
this will make you stronger`),
  )('%s', (reply) => expect(flag(reply)).toBe(true));
});

/** The conversation counts a message as listening where one of these reaches 0.5. */
const listens = (reply: string) => {
  const { reflects, validates, 'asks-openly': asks } = read(reply, post).attuned;
  return Math.max(reflects, validates, asks) >= 0.5;
};

describe('real listening', () => {
  it.each(
    lines(`
seven weeks of waiting and then that letter. you must be so drained
what hurts the most about it?
so you sat there and nobody even looked up. that must have been so lonely
do you want to tell me about him?
of course you cried, he was your best friend
you feel pushed out of your own kitchen
what do you miss most?
how was it when you came home?
it makes sense that youre angry
and then he just left you there. that sounds so cold
who would not be scared after that
you waited all day for that call
where did you go after?
anyone would be shaken after that
how long has it been like this?
nobody asked you, and now youre supposed to smile
and whats it like at night?
still waiting for her to call. that hurts so much
what did she say?
tell me more about her`),
  )('%s', (reply) => expect(listens(reply)).toBe(true));
});

describe('kind, and no more', () => {
  it.each(
    lines(`
oh no
sorry kim
that sucks
oof
same
same here
me too
that sucks man
hugs
ugh
damn, sorry
aw no
so sorry
i hear you
poor you
big hug
wow
that sucks kim, im sorry`),
  )('%s', (reply) => expect(listens(reply)).toBe(false));
});
