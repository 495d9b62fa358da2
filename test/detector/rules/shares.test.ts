import { describe, expect, it } from 'vitest';
import { loadSigns } from '#detector/open';
import { readBy } from '#detector/rules/read';

/** Who shares something hard of their own, and who comforts, asks or chats? Plain chat words. */

const { read } = readBy(loadSigns());
const shares = (message: string) => read(message, message).shares;
const lines = (text: string) => text.trim().split('\n');

const own = lines(`
got dumped an hour ago and my hands wont stop shaking
my stepdad read my diary at dinner. out loud
nobody sat with me at lunch again
third miscarriage. i dont have words
my flatmate eats my food and laughs when i say something
cant get out of bed since sunday
they cut my hours and i dont know how to pay the gas bill
my best friend told everyone the thing i told her
i freeze every time the phone rings
mum forgot to pick me up. waited two hours in the rain
today was the funeral. i couldnt even speak
i feel like everyone only puts up with me
my daughter called me by his new wifes name
lost my dog this morning, house is so quiet
my son got beaten up at school and wont tell us why
flunked chem again
i had a panic attack on the tram
my boss took credit for my whole project
everyone got invited except me
i havent eaten properly in days
my wife says she needs space. 19 years
dad has started drinking again
chest gets so tight at night i think im having a heart attack
got laughed at for my accent today
i miss my nan so much its stupid
same here, lost mine last spring and it still floors me
me too, my brother hasnt spoken to me in a year
so tired of pretending im fine at work
they put our cat down this afternoon
my roommate moved out without a word
i yelled at my kid and now i hate myself
no one texted me on my birthday
im scared of the results on friday
he left me on read for four days
the landlord is kicking us out
my sister is in the hospital and i cant get there
i keep messing everything up
been crying in the toilets at work since ten
my ex is with my cousin now
i was so humiliated i just walked out
i dont belong anywhere
my mother says im a disappointment
stomach in knots before every meeting
i cant stop thinking about the crash
got rejected by all five schools
my partner never asks how i am
im so lonely in this new town
i failed her. she needed me and i was asleep
they made fun of my drawing in front of the class
we lost the baby
i relapsed last night
woke up at 3 again with my heart racing
my friend group made a new chat without me
i was let go by email. by email
every night the neighbours scream and i hide in the bath
my gf hit our dog and i dont know who she is anymore
my hair is falling out from stress
i feel invisible at home
im drowning in debt and havent told anyone
same. my mom hasnt called since christmas and it stings every sunday
my interview got cancelled for the third time, i just sat there and cried
my kids teacher says hes the problem child
he said im too much
im ashamed of how my flat looks, havent let anyone in for a year
they gave my shift to the new girl and didnt say a word to me
my dad wont come to my graduation
i ate alone again
my hands are still trembling from the call
broke up with him this morning and i feel like a monster
my baby sister is using again and im terrified
grandad passed last night, we were close
he emptied our account and disappeared
im 34 and i still cant drive, everyone laughs
my teacher read my essay out loud as a bad example
woke up crying and i dont even know why
i keep dreaming about the accident
the school called, my boy is in trouble again
i messed up at work and a customer got hurt
she found someone else in two weeks
my housemates had a meeting about me
im so homesick i could scream
mum says i ruin every holiday
nobody believes me about my back
they towed my car with all my tools in it
i lied to my wife about the money and it eats me up
feeling so low today
my best friend is dying
i got passed over for the third time
my chest hurts whenever i think about monday
same, my ex took the kids to his parents and i havent heard their voices in a week
i studied for months and still failed
he didnt show up. i waited in my nice dress`);

const others = lines(`
oh no, im so sorry cleo
that sounds so lonely
ugh thats awful, im sorry
aw fay, i wish i could hug you
sending hugs
so sorry dee
were here for you
oof. that must hurt
what was he like?
no wonder youre exhausted
thats so unfair, you worked so hard for that
hey eli, how are you holding up?
it makes sense that you cried
im really sorry you had to go through that alone
my heart goes out to you
that is a lot for one person
wow, in front of everyone. thats so cruel
i hear you
im glad you told us
take your time, no rush
i cant imagine how scary that was
thinking of you tonight
you didnt deserve that
poor you, what a horrible day
oh man
damn
same
lol same
this
been there
hey guys
morning all
anyone want to play chess later?
how do i mute this channel
does anyone know when the meeting starts
whats the wifi password lol
please use the other channel for pictures
movie night is at 8
just finished the second season, so good
lol the cat fell off the sofa
new emoji are up!
who made this bot
happy birthday ben!!
can somebody pin the rules
i think the link is broken
im making soup, anyone want the recipe
that song is so good
welcome to the server!
brb dinner
ok thanks
haha true
im so sorry for your loss, she sounds wonderful
hugs, that sounds exhausting
ugh i hate that for you
im sad for you, kim
he sounds horrible, im so sorry he said that to you
that breaks my heart
wish i was there with you rn
i would be so hurt too
sorry to hear that mate
i read all of it. thank you for trusting us with this
gonna think of you and your dad tonight
anyone else watching the match
i got a new keyboard today
what time is it for you guys
awww no, poor you
im sorry about your grandad
gosh that must have been terrifying for you
its okay to be angry about this
hey, im around if you want to talk
that would break me too
sounds like he never listened
i believe you
no words, just a hug
two weeks. wow. that stings
oh eli im so sorry to hear about your sister
sitting with you
crying with you right now
im angry for you
anybody would feel like that
what did you want to say to her?
mate that is rough
you always put everyone first and now this
i lit a candle for him
whens the next game night
can mods change my nickname
i made a playlist if anyone wants it
the bot is down again
anyone got the link for the call
its raining here again lol
im off to lunch
my cat says hi
watching the new season with my brother tonight
got 3 wins in a row
who wants to study together at 5
thanks for the add`);

describe('shares a difficulty of their own', () => {
  it.each(own)('%s', (message) => expect(shares(message)).toBeGreaterThanOrEqual(0.5));
});

describe('comforts, asks or chats', () => {
  it.each(others)('%s', (message) => expect(shares(message)).toBeLessThan(0.3));
});

describe('known misses: trouble without a word of it', () => {
  it.fails.each([
    'my dads memory is going and today he didnt know me',
    'i wasnt picked. again',
    'everyones in couples and i sit there like a lamp',
    'got my test back. positive',
    'cant look in the mirror anymore',
  ])('%s', (message) => expect(shares(message)).toBeGreaterThanOrEqual(0.5));
});

describe('comfort and trouble in one message', () => {
  it.each([
    ['so sorry kim. my own dad left when i was six and i never got over it', 0.5, 1],
    ['so sorry kim. my heart is so heavy now', 0, 0.3],
    ['oh no, how awful. i cried when i read it', 0, 0.5],
    ['', 0, 0],
    ['???', 0, 0],
  ])('%s', (message, least, most) => {
    expect(shares(message)).toBeGreaterThanOrEqual(least);
    expect(shares(message)).toBeLessThanOrEqual(most);
  });

  it('is of the post, whatever the reply says', () => {
    const post = 'my flatmate screamed at me and i feel so ashamed';
    expect(read('oh no', post).shares).toBe(shares(post));
  });
});
