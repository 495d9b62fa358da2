/** The emoji of the picker, with the names by which they are found. The system draws them. */

export type Emoji = { sign: string; name: string };

const listed = {
  Smileys:
    '😀 grinning|😄 smile|😊 blush|🙂 slight_smile|😉 wink|😍 heart_eyes|🥰 smiling_face_with_hearts|😘 kissing_heart|😋 yum|😎 sunglasses|🤗 hugging|🤔 thinking|😐 neutral_face|🙄 rolling_eyes|😏 smirk|😌 relieved|😴 sleeping|😔 pensive|😕 confused|🙁 slight_frown|☹️ frowning|😞 disappointed|😟 worried|😢 cry|😭 sob|😤 triumph|😠 angry|😡 rage|😨 fearful|😰 cold_sweat|😥 sad_relieved|😓 sweat|😳 flushed|🥺 pleading_face|😮 open_mouth|😲 astonished|😅 sweat_smile|😂 joy|🤣 rofl|🙃 upside_down|🥲 smiling_with_tear|😬 grimacing|🤯 exploding_head|🥱 yawning|😶 no_mouth|🫠 melting',
  'Hands and people':
    '👍 thumbsup|👎 thumbsdown|👏 clap|🙌 raised_hands|🙏 pray|🤝 handshake|👋 wave|✋ raised_hand|👌 ok_hand|✌️ v|🤞 fingers_crossed|🤟 love_you_gesture|💪 muscle|🫂 people_hugging|🫶 heart_hands|👀 eyes|👂 ear|🧠 brain|🗣️ speaking_head|🤷 shrug|🤦 facepalm|🙋 raising_hand|🧘 person_in_lotus_position',
  Hearts:
    '❤️ heart|🧡 orange_heart|💛 yellow_heart|💚 green_heart|💙 blue_heart|💜 purple_heart|🤎 brown_heart|🖤 black_heart|🤍 white_heart|💔 broken_heart|❤️‍🩹 mending_heart|💕 two_hearts|💖 sparkling_heart|💗 heartpulse|💐 bouquet|🌹 rose',
  Nature:
    '🐶 dog|🐱 cat|🐰 rabbit|🦊 fox|🐻 bear|🐼 panda_face|🐧 penguin|🦉 owl|🐢 turtle|🐳 whale|🦋 butterfly|🐝 bee|🌱 seedling|🌿 herb|🍀 four_leaf_clover|🌳 deciduous_tree|🌻 sunflower|🌸 cherry_blossom|🍂 fallen_leaf|🌧️ cloud_rain|⛈️ thunder_cloud_rain|🌈 rainbow|☀️ sunny|🌙 crescent_moon|⭐ star|🌊 ocean|🔥 fire|❄️ snowflake|🌅 sunrise|⚓ anchor',
  Things:
    '☕ coffee|🍵 tea|🍰 cake|🍎 apple|🍞 bread|🎉 tada|🎈 balloon|🎁 gift|🎵 musical_note|📖 book|📝 memo|✏️ pencil2|📌 pushpin|📎 paperclip|🕯️ candle|💡 bulb|🔔 bell|🔑 key|⏰ alarm_clock|⏳ hourglass_flowing_sand|🏠 house|🚪 door|🛟 ring_buoy|🧸 teddy_bear|🧩 jigsaw|🎨 art',
  Signs:
    '✅ white_check_mark|☑️ ballot_box_with_check|❌ x|❓ question|❗ exclamation|‼️ bangbang|💯 100|✨ sparkles|💬 speech_balloon|💭 thought_balloon|➕ heavy_plus_sign|➖ heavy_minus_sign|🔁 repeat|⬆️ arrow_up|⬇️ arrow_down|🆗 ok|🆕 new|🏳️ flag_white|0️⃣ zero|1️⃣ one|2️⃣ two|3️⃣ three',
} as const;

export const groups: readonly { name: string; emoji: readonly Emoji[] }[] = Object.entries(listed).map(
  ([name, text]) => ({
    name,
    emoji: text.split('|').map((one) => {
      const [sign = '', called = ''] = one.split(' ');
      return { sign, name: called };
    }),
  }),
);

const all = groups.flatMap(({ emoji }) => emoji);

/** "thumbsup" as it is read aloud. */
export const spoken = (name: string): string => name.replaceAll('_', ' ');

/** By name, those that begin with what was typed first, and of these the shortest: "heart" before "heart_eyes". */
export function emojiNamed(typed: string): Emoji[] {
  const wanted = typed.toLowerCase().replaceAll(' ', '_');
  const begins = all.filter(({ name }) => name.startsWith(wanted)).sort((a, b) => a.name.length - b.name.length);
  return [...begins, ...all.filter(({ name }) => name.includes(wanted) && !name.startsWith(wanted))];
}

const signs = new Map(all.map(({ sign, name }) => [name, sign]));

/** `:heart:` as it is sent. Names that are not known, and emoji of a server's own, stay as they are. */
export const withSigns = (text: string): string =>
  text.replace(/(?<![\w<]):(\w+):(?!\w)/g, (typed, name) => signs.get(name) ?? typed);
