import { describe, expect, it } from 'vitest';
import { loadSigns } from '#detector/open';
import type { Context } from '#detector/reading';
import { readBy } from '#detector/rules/read';

/** What posts say, in plain chat words: as many that say it as that only sound like it. */

const { read } = readBy(loadSigns());
const lines = (text: string) => text.trim().split('\n');

const posts: Partial<Record<Context, { says: string; not: string }>> = {
  'asks-advice': {
    says: `
[Advice] my boss keeps yelling at me
Advice: my boss yells at me
looking for solutions not hugs
wwyd
idk what to do
Help!
adv ok
be blunt with me
any tips
can i get some advice
what would you do
[Help] my cat wont eat
[advice wanted] moving in with my boyfriend
ADVICE NEEDED: mother in law
tips pls
Ideas welcome!
tell it to me straight, was i wrong
how would you handle a boss like that
How to cope with my first christmas alone
should i text him back
no idea what i should do about the rent
solutions only please
practical ideas please, i have enough sympathy
what would yall do
suggestions?
just tell me what to do
can someone give me some pointers
i could use some guidance tbh
does anybody know a trick for falling asleep
so yeah. thoughts?
advice is welcome`,
    not: `
can i vent in here?
how was your weekend?
do you know that feeling?
why does nobody call me back
how are you all today?
what are you guys up to?
is anyone awake?
can i just cry here for a minute?
why is it always me
do you ever feel like nobody sees you?
how could she say that to me
i told him to be honest with me
my dad gives me advice i never asked for
he has no idea what to do with a baby
you know that feeling when your stomach drops?
mind if i rant?
is it too much to want one birthday card?
i dont know what to do with all this anger
who even cares
did you see the moon tonight?
i helped him and he laughed
guess what she did
no help from anyone, as usual
everyone has an opinion about my body`,
  },
  crisis: {
    says: `
i just wanna die tonight
kms
i want to kms lol
lol i wish i was dead
i want to be dead lol
lmao i tried to kill myself
haha im gonna kill myself tonight
my friend says she will kill herself tonight
my brother is suicidal and i dont know what to do
my uncle was suicidal years ago and now i am too
my mom killed herself last year
i was suicidal years ago and its coming back
he is killing me slowly
the pain is killing me
watched the news and i want to die
the voices tell me to die
i want to die in my sleep
my dad said he will kill us
she texted me "im going to kill myself" and now she wont pick up
my ex wrote "i will kill you"
please kill me
i played games all night and thought about ending my life
i dont want to wake up tomorrow
some days i still want to die
my sister cut herself again
kill me now
i keep thinking about death
i feel dead inside
i cant stop thinking about dying
he told me 'its over' and then took a handful of pills`,
    not: `
they said on the news a man was killed
saw on tv that two people died in the fire, so sad
i keep dying in that boss fight
died 14 times on the last level
im dying lol
lol i died
im dead 💀
this job is killing me
this heat is killing me
my back is killing me today
kill me now lol
my uncle was suicidal years ago
my aunt attempted decades ago
my phone just died
he kills it at karaoke
the main character dies at the end of the movie
enemies keep killing me in minecraft
my battery is dead
we ended things with the landlord
dying of boredom
i died of embarrassment
that cake is to die for
the homework is killing me lol
killed it in the interview
ugh these cramps are killing me
zombies killed me in the game again
everyone dies in that show
my dog died and I miss him
he sang "i wanna die" at karaoke and everybody clapped
the poster says "no running"
that meme that goes "kill me" lol`,
  },
  'no-advice': {
    says: `
no advice pls
not after advice, just sad
im not looking for answers
i just needed to scream into the void for a sec, just venting
hugs not tips please
can someone just tell me im not crazy, no solutions
pls dont tell me what to do
just want to be heard
vent: my boss is a clown
[Vent] my sister ate my cake
rant ahead
no fixing please, i know what i have to do
i dont want solutions i want somebody to listen
comfort only please
need to get this off my chest
advice not needed
id rather just vent today
dont need anyone to fix it
nobody try to fix this pls
i am so tired of people giving me advice
not asking for help just venting
listening ears only
just hear me out
no tips pls just company`,
    not: `
any advice?
please give me advice
im looking for advice not hugs
i got no advice from my teacher
they gave me a solution that failed
no idea what to do
sorry no ideas from me, but i hear you
want to vent or want ideas?
you can just vent here
take all the time you need to vent
i listen to music to calm down
he just wants to be heard
theres no easy fix for grief
i dont have a solution but im here
my tips at work were bad today
please listen to my new song
i cant fix this
we all need to vent sometimes
i just need to sleep
solutions please
my mum has no time for me
why does nobody call me back`,
  },
  settled: {
    says: `
update: they found him!! he was hiding at the neighbour
ok it worked out
i feel better now, thanks everyone
night all, thank you
update: she woke up and is asking for pancakes
my results are in and its all clear!!
got the place!! moving in may
we talked for two hours and made up
ok im calmer now. going to bed
ty all, this helped so much
nvm sorted
turns out it was a false alarm, im so relieved
i passed the retake!!!
my sister called back, we're good now
she forgave me, im crying happy tears
interview went great, thanks for holding my hand lol
im ok now, had some tea and a shower
thanks guys, you made my day
closing this post, thank you for all the kind words
mom is out of surgery and doing well
the vet says he's gonna be fine
dad is home from hospital!!
ok that actually helped. thanks ben
i slept 8 hours and feel human again
update: hes home safe
talked to my boss today and it went really well actually
love you all, i'll try to sleep
finally got the visa!!!!
all sorted now ty`,
    not: `
they called. it was a no
thanks i guess
that did not help
thank you. i keep hearing her scream
update: still nothing, its been two days
thanks but it still hurts
update: he died this morning
i thought i was better now but the panic is back
they called me back. didnt get it
sat with them at lunch and they got up and left
my ex got the flat, the dog, everything
everybody says it will be fine
good night is what he used to say to me
feeling worse now tbh
i cant sleep again
he apologized but it feels fake
she said she feels better without me
ok so he blocked me
we talked it out and he left anyway
passed by his house today and cried
they found him in the river
the scan is tomorrow and im so scared
i just want to feel ok again
oh great, thanks for nothing
is she safe now?
it was such a nice day until the call came
i found her diary and its all about how annoying i am
he was so relieved when i left`,
  },
};

describe.each(Object.entries(posts))('%s', (context, { says, not }) => {
  const said = (post: string) => read('', post).post[context as Context];
  // Of danger a doubt is enough.
  const [least, most] = context === 'crisis' ? [0.3, 0.3] : [0.5, 0.35];
  it.each(lines(says))('is in "%s"', (post) => expect(said(post)).toBeGreaterThanOrEqual(least));
  it.each(lines(not))('is not in "%s"', (post) => expect(said(post)).toBeLessThan(most));
});
