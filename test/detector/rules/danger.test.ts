import { describe, expect, it } from 'vitest';
import { judge } from '#detector/judge';
import { kinds } from '#detector/reading';
import { signsAlone } from '../signs-alone.ts';

/** Danger wherever it stands in a message and however it is written, by the signs alone. */

const lines = (text: string) =>
  text
    .trim()
    .split('\n')
    .map((line) => line.replaceAll('\\n', '\n'));
const crisisIn = (post: string) => signsAlone.read('you should call him', post).post.crisis;

const posts: Record<string, { danger: string; none: string }> = {
  'written past a filter': {
    danger: `
i want 2 d1e
wanna d!e
i want to k1ll myself
k!ll myself
su1c1dal again tonight
thinking of su!cide
$uicide is all i think about
sewer slid3
i just want to d13
want to k*ll myself
i want to d*e
s*icidal thoughts all day
unal1ve myself
i wanna unalive
sui cide
s u i c i d e
s3lf h4rm is back
self-h@rm again`,
    none: `
i turned 21 and nobody came
room 101 is where they fired me
my b1rthday was awful
i got a 4 in maths and my dad is mad
the h3ll with this job lol
d&d night got cancelled and i feel left out
rolled a d12 for my character and died lol
our 2 dogs got sick the same week
what a sh1t day`,
  },
  'in other languages': {
    danger: `
quiero morir
me quiero morir
ya no quiero vivir
no quiero vivir mas
quiero suicidarme
voy a matarme
ich will nicht mehr leben
ich will sterben
ich möchte sterben
ich moechte nicht mehr leben
ich bringe mich um
ich will mich umbringen
je veux mourir
j'ai envie de mourir
je ne veux plus vivre
je vais me suicider
je veux me tuer
quero morrer
não quero mais viver
nao quero mais viver
vou me matar
voglio morire
non voglio più vivere
mi voglio ammazzare
ik wil dood
ik wil niet meer leven
ik wil sterven
chcę umrzeć
nie chcę żyć
nie chce zyc
chcę się zabić
хочу умереть
не хочу жить
я хочу покончить с собой
не хочу жити
хочу померти
ölmek istiyorum
yaşamak istemiyorum
intihar etmek istiyorum
死にたい
しにたい
消えたい
想死
我想自杀
不想活了
죽고 싶어
자살하고 싶다
मैं मरना चाहता हूँ
jeena nahi chahta
mujhe marna hai
marna chahta hun
أريد أن أموت
اريد ان اموت
gusto ko na mamatay
ayoko na mabuhay
aku ingin mati
pengen mati aja
muốn chết
jag vill dö
jag vill inte leva
jeg vil dø
haluan kuolla
vreau sa mor
chci umřít
meg akarok halni
θέλω να πεθάνω
אני רוצה למות`,
    none: `
quiero dormir
me muero de risa
me muero de hambre
ich will schlafen
ich will nicht mehr arbeiten
je veux dormir
je meurs de faim
quero dormir
voglio dormire
ik wil slapen
chcę spać
хочу спать
uyumak istiyorum
眠りたい
想睡觉
자고 싶어
aku ingin makan
jag vill sova`,
  },
  'in quoted lines and code': {
    danger: `
> i want to kill myself
> i want to die\\nthis is what i wrote last night
\`\`\`i want to kill myself\`\`\`
\`\`\`\\nim going to end it tonight\\n\`\`\`
\`kms\`
\`i dont want to live anymore\` idk
>>> nobody would miss me\\ni want to die
> my stepdad touches me
> ich will sterben`,
    none: `
> what a day\\nmy boss yelled at me again
\`\`\`\\nnpm run build\\n\`\`\`\\nand it failed again, i feel so dumb
\`git push\` broke everything at work, so embarrassed
> get over it\\nthats what my sister wrote to me
> you are the worst\\nwho writes that to a friend
he sang "i wanna die" at karaoke and everybody clapped`,
  },
};

describe.each(Object.entries(posts))('%s', (_, { danger, none }) => {
  it.each(lines(danger))('is danger: %j', (post) => expect(crisisIn(post)).toBeGreaterThanOrEqual(0.3));
  it.each(lines(none))('is no danger: %j', (post) => expect(crisisIn(post)).toBeLessThan(0.3));
});

describe('in the reply itself', () => {
  const plain = 'my boss yelled at me again in front of everybody';
  const at = (said: string) => judge(signsAlone.read(said, plain), { sensitivity: 'keen', kinds });

  it.each([
    '> i want to kill myself\nyou should go for a run, it helps',
    '> my stepdad touches me at night\nyou need to tell him to stop',
    '```i dont want to be here anymore```\njust try to think positive',
    'i want to k1ll myself too, you should just quit',
    'she wrote me "im going to end it tonight", you should forget about your boss',
    'you should quit. i tried to end my life over a job like that',
  ])('nobody is nudged for it: %j', (said) => expect(at(said)).toMatchObject({ reason: 'danger' }));

  it.each([
    '> my boss yelled at me again\nyou should quit that job tomorrow',
    'you need to stop thinking about him and look for a new job',
    'you should get your doctor to give you some pills for it',
    'they said "calm down", you should report them to HR',
  ])('but orders and other quotes are none: %j', (said) => expect(at(said)).toMatchObject({ flag: true }));
});
