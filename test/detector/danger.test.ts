import { afterAll, describe, expect, it } from 'vitest';
import { judge } from '#detector/judge';
import { openDetector } from '#detector/open';
import { kinds } from '#detector/reading';

/** Danger that is said without its usual words, and as many posts that only sound like it. Read as the bot reads. */

const detector = await openDetector();
afterAll(() => detector.close());

const lines = (text: string) =>
  text
    .trim()
    .split('\n')
    .map((line) => line.replaceAll('\\n', '\n'));
const reply = 'you should just talk to your mom about it';
const read = async (post: string) => {
  const reading = await detector.read(reply, post);
  return { danger: reading.post.crisis >= 0.3, reason: judge(reading, { sensitivity: 'keen', kinds }).reason };
};

const posts: Record<string, { danger: string; none: string }> = {
  shortened: {
    danger: `
SH again after a year clean
sh again last night
did sh today for the first time since march
been sh-ing in the bathroom at work
relapsed with sh on my birthday
six months without sh and i blew it
the urge to sh is so loud
i sh'd again
started SH when i was 12 and it's back
s/h again`,
    none: `
SH is my favourite girl in class and she ignored me
my friend SH did not come to the party
sh, the baby is sleeping
shh dont tell anyone but i miss school
my boss Sh. wrote me up again
i wrote an sh script at work and it broke everything
my ex SH moved in with somebody else
SH and I had a fight about dishes`,
  },
  'what is done to them': {
    danger: `
my uncle does things to me
my uncle touches me at night
my stepdad touches me
he touches me when mom is at work
my brother comes to my bed at night
my cousin makes me do things i dont want
grandpa does stuff to me and says its our secret
my coach makes me take my clothes off
my moms boyfriend puts his hands on me
he makes me touch him
my dad says its our little secret
my teacher touched me down there
my stepfather watches me shower
dad gets in my bed when hes drunk
he wont stop touching me
my husband makes me have sex when i dont want to
my bf doesnt stop when i say no`,
    none: `
my uncle does so much for me
my uncle does things for me i never asked for
my grandma's letter touched me
the film touched me so much
my brother does nothing at home
my uncle does his own thing and forgets my birthday
my cousin makes me laugh
my coach makes me run laps when i am late
my dad says its a secret recipe
my dad does things his way and never asks
my mom comes to my room to say good night
nobody has hugged me or touched me in a year
my stepdad never says a kind word to me
my husband makes me tea and thats all we talk
my teacher makes me sit in front`,
  },
  'putting things in order': {
    danger: `
giving my things away
gave my cat to my sister so he will be looked after when im gone
started giving my stuff away today
ive given away my records and my guitar. feels peaceful
i gave all my things away and wrote everybody a card
sorting who gets what of my things
gave my dog a new home, nobody will need to deal with it after
made a list of who gets my stuff
getting my affairs in order, i am 24
deleted all my accounts and said bye to everyone
wrote letters to everyone for after
i bought the rope`,
    none: `
i gave my old things away to charity because we move
giving away a sofa, pick up only
my mom gave my things away without asking me
we are giving away kittens
gave my coat away to a man at the station and now im freezing lol
i gave my notice at work today
my ex gave my stuff away
donated my old clothes and cried
i gave my sister my notes and she lost them
i gave up my old flat
grandma is getting her affairs in order and it breaks my heart`,
  },
  'days without food': {
    danger: `
havent eaten anything in 6 days
i havent eaten in four days
havent eaten since sunday
have not eaten for a week and i like how it feels
no food for 5 days now
not eating anything anymore
i stopped eating two weeks ago
down to 200 calories a day
i throw up everything i eat
havent kept anything down, i make sure of it
i only drink water since monday, i feel powerful
day 9 of not eating
i dont let myself eat`,
    none: `
havent eaten yet, work was crazy
i havent eaten lunch
i havent eaten sushi in years
i could eat a horse
my cat hasnt eaten since yesterday
i dont eat meat anymore and my family laughs at me
i ate my feelings again
havent eaten out in 6 months, no money
stopped eating sugar two weeks ago and i miss cake
we have no food my kids like
havent eaten at that place since he left
on a diet and i hate it
my toddler isnt eating anything but toast`,
  },
  'held and watched': {
    danger: `
my boyfriend took my phone
he took my phone and keys and wont give them back
he wont let me leave
my husband wont let me leave the house
my girlfriend doesnt let me see my friends
he checks my phone and gets mad if i talk to anyone
my partner controls everything i do
he controls my money and where i go
my husband hides my passport
she tracks my phone and shows up at work
he says he will find me if i leave
im not allowed to leave the house
my bf locks the door so i cant go
he broke my phone so i cant call anyone
i have to ask my husband before i spend a penny
he blocks the door when i try to go
i have to hide that im writing this
hes going through my messages, i have to be quick`,
    none: `
my mom took my phone because of my grades
my teacher took my phone in class
my boss wont let me leave early
he took my phone number and never called
my boss controls every email i send
she wont let me pay for dinner
my kid wont let me leave the room without crying
my partner took the dog to the vet
my cat wont let me leave the house without a cuddle lol
someone stole my phone on the bus
my husband controls the remote lol
my teacher is not letting me leave class for the toilet
my partner checks on me every day and i feel like a burden to nobody
my landlord checks the flat every month`,
  },
  'plain dark words': {
    danger: `
`,
    none: `
this job is killing me
i hate myself for forgetting her birthday
my grandmother is dying and i cant be there
I could eat a horse
i gave my old things away to charity because we move
my uncle does so much for me
i could kill for a coffee
i could murder a pizza
my feet are dead after that shift
this commute will be the death of me
i nearly died when she said my name in class
that exam murdered me
my phone is dying and so is my patience
my dad died in may and i still set the table for him
my plants keep dying and so do my friendships
i was dying inside when he read my poem out loud
my sister would kill me if she knew i failed
drop dead gorgeous, she said, and left me
dead tired after the night shift, nobody said thanks
i cut my finger making dinner and just cried
i cut ties with my brother
i hate myself in photos
he killed it on stage and i felt so small
overkill, all of it. i just wanted a small wedding
my mom will kill me when she sees my grades
if i hear that song again i will scream`,
  },
};

describe.each(Object.entries(posts))('%s', (_, { danger, none }) => {
  const said = danger.trim() === '' ? [] : lines(danger);
  it.each(said)('is danger, and nobody is nudged: %j', async (post) =>
    expect(await read(post)).toEqual({ danger: true, reason: 'danger' }),
  );
  it.each(lines(none))('is no danger: %j', async (post) => expect(await read(post)).toMatchObject({ danger: false }));
});

it('is heard in a message by itself, too', async () => {
  expect((await detector.readAlone('> i want to kill myself')).post.crisis).toBeGreaterThanOrEqual(0.3);
  expect((await detector.readAlone('quiero morir')).post.crisis).toBeGreaterThanOrEqual(0.3);
  expect((await detector.readAlone('> what a day')).post.crisis).toBeLessThan(0.3);
});
