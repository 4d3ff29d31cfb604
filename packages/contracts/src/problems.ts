import { z } from 'zod'
import { type Bilingual, bilingual } from './bilingual.ts'
import { httpProblems } from './http-problems.ts'

/** The kinds of refusal; each has one HTTP status. */
export const problemKinds = {
  invalid: 422,
  malformed: 400,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  method_not_allowed: 405,
  timeout: 408,
  conflict: 409,
  stale: 412,
  too_large: 413,
  unsupported: 415,
  precondition_required: 428,
  throttled: 429,
  headers_too_large: 431,
  internal: 500,
  unavailable: 503,
} as const
export type ProblemKind = keyof typeof problemKinds

/** A refusal: its kind, and what is said of it. */
export interface ProblemText {
  kind: ProblemKind
  /** The fact; `{name}` is filled in from the error's parameters. */
  message: Bilingual
  /** What to do about it. */
  fix: Bilingual
}

const again = { en: 'Try again in a moment.', fa: 'کمی بعد دوباره تلاش کنید.' }
const readAgain = {
  en: 'Read it again and repeat the change on what you find.',
  fa: 'دوباره آن را بخوانید و تغییر را روی نسخهٔ تازه انجام دهید.',
}
const checkId = { en: 'Check the id and the workspace.', fa: 'شناسه و فضای کاری را بررسی کنید.' }

/** Every refusal of the product, in one place: its kind, the fact and the remedy in both languages. */
export const problems = {
  ...httpProblems,
  invalid_input: {
    kind: 'invalid',
    message: { en: 'Some fields are not as they must be.', fa: 'برخی از فیلدها درست نیستند.' },
    fix: {
      en: 'Mend the fields that `errors` names.',
      fa: 'فیلدهایی را که در errors آمده‌اند اصلاح کنید.',
    },
  },
  malformed_request: {
    kind: 'malformed',
    message: { en: 'The request cannot be read: {detail}', fa: 'درخواست خوانده نشد: {detail}' },
    fix: { en: 'Send what the API document describes.', fa: 'مطابق سند API درخواست بفرستید.' },
  },
  unauthenticated: {
    kind: 'unauthenticated',
    message: { en: 'Nobody is logged in.', fa: 'کسی وارد نشده است.' },
    fix: {
      en: 'Log in, or send `Authorization: Bearer <API key>`.',
      fa: 'وارد شوید یا سرآیند Authorization: Bearer را با کلید API بفرستید.',
    },
  },
  wrong_credentials: {
    kind: 'unauthenticated',
    message: { en: 'E-mail or password is wrong.', fa: 'رایانامه یا گذرواژه نادرست است.' },
    fix: { en: 'Check both and try again.', fa: 'هر دو را بررسی و دوباره تلاش کنید.' },
  },
  login_throttled: {
    kind: 'throttled',
    message: {
      en: 'Too many attempts to log in; try again in {seconds} s.',
      fa: 'تلاش برای ورود بیش از اندازه بود؛ {seconds} ثانیهٔ دیگر دوباره تلاش کنید.',
    },
    fix: { en: 'Wait, then try again.', fa: 'صبر کنید و دوباره تلاش کنید.' },
  },
  rate_limited: {
    kind: 'throttled',
    message: {
      en: 'Too many requests; go on in {seconds} s.',
      fa: 'درخواست‌ها بیش از اندازه است؛ {seconds} ثانیهٔ دیگر ادامه دهید.',
    },
    fix: {
      en: 'Wait as long as `Retry-After` says.',
      fa: 'به اندازهٔ Retry-After صبر کنید.',
    },
  },
  too_many_streams: {
    kind: 'throttled',
    message: {
      en: 'Too many live streams are open already: at most {most} at a time.',
      fa: 'جریان‌های زندهٔ باز بیش از اندازه است: هم‌زمان حداکثر {most} جریان.',
    },
    fix: {
      en: 'Close one, or try again as `Retry-After` says; one stream carries everything you may hear.',
      fa: 'یکی را ببندید یا پس از زمان Retry-After دوباره تلاش کنید؛ یک جریان برای همهٔ رویدادها بس است.',
    },
  },
  forbidden: {
    kind: 'forbidden',
    message: {
      en: 'This needs the permission {permission}.',
      fa: 'این کار اجازهٔ {permission} می‌خواهد.',
    },
    fix: {
      en: 'Ask an owner of the workspace for it, or use a key that has it.',
      fa: 'از مالک فضای کاری آن را بخواهید یا کلیدی به کار ببرید که آن را دارد.',
    },
  },
  people_only: {
    kind: 'forbidden',
    message: {
      en: 'A key cannot do this; a person who has logged in can.',
      fa: 'این کار از کلید برنمی‌آید؛ کسی که وارد شده می‌تواند آن را انجام دهد.',
    },
    fix: {
      en: 'Log in with POST /v1/login and use the session.',
      fa: 'با POST /v1/login وارد شوید و نشست را به کار ببرید.',
    },
  },
  channel_forbidden: {
    kind: 'forbidden',
    message: {
      en: 'You may not use the channel {channelId}.',
      fa: 'اجازهٔ کار با کانال {channelId} را ندارید.',
    },
    fix: {
      en: 'Leave it out, or ask for access to it.',
      fa: 'آن را کنار بگذارید یا دسترسی بخواهید.',
    },
  },
  all_channels_needed: {
    kind: 'forbidden',
    message: {
      en: 'This concerns all channels of the workspace, and you may use some of them.',
      fa: 'این به همهٔ کانال‌های فضای کاری مربوط است و شما فقط اجازهٔ برخی از آن‌ها را دارید.',
    },
    fix: {
      en: 'Ask somebody who may use all channels.',
      fa: 'از کسی بخواهید که اجازهٔ همهٔ کانال‌ها را دارد.',
    },
  },
  other_channels_too: {
    kind: 'forbidden',
    message: {
      en: 'The post goes to other channels too, which you may not use.',
      fa: 'این پست به کانال‌های دیگری هم می‌رود که اجازهٔ کار با آن‌ها را ندارید.',
    },
    fix: {
      en: 'Ask somebody who may use all of its channels.',
      fa: 'از کسی بخواهید که اجازهٔ همهٔ کانال‌های آن را دارد.',
    },
  },
  csrf_failed: {
    kind: 'forbidden',
    message: {
      en: 'The X-CSRF-Token header is missing or wrong.',
      fa: 'سرآیند X-CSRF-Token نیست یا نادرست است.',
    },
    fix: {
      en: 'Send the `csrfToken` of the login or of GET /v1/me.',
      fa: 'مقدار csrfToken را از پاسخ ورود یا GET /v1/me بفرستید.',
    },
  },
  not_found: {
    kind: 'not_found',
    message: { en: 'There is no {what} {id} here.', fa: 'چیزی با شناسهٔ {id} اینجا نیست.' },
    fix: checkId,
  },
  route_not_found: {
    kind: 'not_found',
    message: { en: 'There is no route {method} {path}.', fa: 'مسیر {method} {path} وجود ندارد.' },
    fix: { en: 'See GET /v1/openapi.json.', fa: 'فهرست مسیرها در GET /v1/openapi.json است.' },
  },
  stale: {
    kind: 'stale',
    message: {
      en: 'It was changed in the meantime: you sent version {sent}, it is at {current}.',
      fa: 'در این میان تغییر کرده است: نسخهٔ شما {sent} و نسخهٔ کنونی {current} است.',
    },
    fix: readAgain,
  },
  if_match_required: {
    kind: 'precondition_required',
    message: { en: 'The If-Match header is missing.', fa: 'سرآیند If-Match نیست.' },
    fix: { en: 'Send the ETag of what you read.', fa: 'مقدار ETag را که خوانده‌اید بفرستید.' },
  },
  idempotency_key_required: {
    kind: 'malformed',
    message: { en: 'The Idempotency-Key header is missing.', fa: 'سرآیند Idempotency-Key نیست.' },
    fix: {
      en: 'Send a new random key per action, the same one when you repeat it.',
      fa: 'برای هر کار یک کلید تصادفی تازه بفرستید و در تکرار همان را.',
    },
  },
  idempotency_key_reused: {
    kind: 'invalid',
    message: {
      en: 'This Idempotency-Key was used for another request.',
      fa: 'این Idempotency-Key برای درخواست دیگری به کار رفته است.',
    },
    fix: { en: 'Use a new key.', fa: 'کلید تازه‌ای به کار ببرید.' },
  },
  idempotency_in_flight: {
    kind: 'conflict',
    message: {
      en: 'The first request with this Idempotency-Key is still at work.',
      fa: 'درخواست نخست با این Idempotency-Key هنوز در کار است.',
    },
    fix: again,
  },
  post_not_ready: {
    kind: 'invalid',
    message: {
      en: 'The post cannot be published as it is.',
      fa: 'فرسته به این شکل منتشرشدنی نیست.',
    },
    fix: {
      en: 'Mend what `errors` lists; POST /v1/posts/validate shows it beforehand.',
      fa: 'موارد errors را اصلاح کنید؛ POST /v1/posts/validate آن‌ها را پیشاپیش نشان می‌دهد.',
    },
  },
  no_targets: {
    kind: 'invalid',
    message: { en: 'The post has no channel to go to.', fa: 'فرسته هیچ کانالی ندارد.' },
    fix: { en: 'Add at least one target.', fa: 'دست‌کم یک کانال بیفزایید.' },
  },
  post_too_large: {
    kind: 'invalid',
    message: {
      en: 'The post has {bytes} bytes for the channel {channelId}; at most {max} can be published.',
      fa: 'پست برای کانال {channelId} {bytes} بایت است؛ حداکثر {max} بایت منتشرشدنی است.',
    },
    fix: {
      en: 'Shorten its texts or take parts out of the thread.',
      fa: 'متن‌ها را کوتاه کنید یا بخش‌هایی از رشته را بردارید.',
    },
  },
  post_state: {
    kind: 'conflict',
    message: {
      en: 'A post that is {state} cannot be {action}.',
      fa: 'فرسته در وضعیت {state} این کار را نمی‌پذیرد.',
    },
    fix: readAgain,
  },
  own_post: {
    kind: 'forbidden',
    message: {
      en: 'Nobody approves their own post in this workspace.',
      fa: 'در این فضای کاری کسی فرستهٔ خودش را تأیید نمی‌کند.',
    },
    fix: { en: 'Ask another member.', fa: 'از عضو دیگری بخواهید.' },
  },
  in_doubt: {
    kind: 'conflict',
    message: {
      en: 'The network has not answered yet, so it may be live already: it takes no change until that is known.',
      fa: 'شبکه هنوز پاسخ نداده و شاید منتشر شده باشد: تا روشن شدنش تغییری نمی‌پذیرد.',
    },
    fix: {
      en: 'It is looked at again at {until}. Try it then.',
      fa: 'در {until} دوباره بررسی می‌شود. آن‌گاه دوباره تلاش کنید.',
    },
  },
  change_under_way: {
    kind: 'conflict',
    message: {
      en: 'Another change of this post is being carried out.',
      fa: 'تغییر دیگری روی این پست در حال انجام است.',
    },
    fix: again,
  },
  too_late: {
    kind: 'conflict',
    message: {
      en: 'It is too late: all publications of this post have already left or are being sent.',
      fa: 'دیر شده است: همهٔ انتشارهای این فرسته رفته‌اند یا در حال رفتن‌اند.',
    },
    fix: {
      en: 'See the publications; what is live can be deleted on the network.',
      fa: 'انتشارها را ببینید؛ آنچه منتشر شده در خود شبکه حذف‌شدنی است.',
    },
  },
  post_has_live_publications: {
    kind: 'conflict',
    message: {
      en: 'Something of this post is live, may be live, is on its way or has failed, so its record is kept.',
      fa: 'بخشی از این پست منتشر شده، شاید منتشر شده باشد، در حال ارسال است یا ناموفق بوده، پس سابقه‌اش می‌ماند.',
    },
    fix: {
      en: 'Cancel what has not gone out. Once nothing of it is live or unknown, it can be deleted.',
      fa: 'آنچه را منتشر نشده لغو کنید. وقتی چیزی از آن منتشر یا نامشخص نباشد، حذف‌شدنی است.',
    },
  },
  post_still_planned: {
    kind: 'conflict',
    message: {
      en: 'The post has publications that are planned or need attention.',
      fa: 'فرسته انتشارهایی در برنامه یا نیازمند رسیدگی دارد.',
    },
    fix: { en: 'Cancel the post first.', fa: 'نخست فرسته را لغو کنید.' },
  },
  nothing_to_cancel: {
    kind: 'conflict',
    message: {
      en: 'The post has no publications that could be cancelled.',
      fa: 'فرسته انتشاری ندارد که لغو شود.',
    },
    fix: readAgain,
  },
  not_approved: {
    kind: 'conflict',
    message: {
      en: 'Nobody has approved this content yet, so it cannot leave.',
      fa: 'هنوز کسی این محتوا را تأیید نکرده و منتشرشدنی نیست.',
    },
    fix: { en: 'Have the post approved, then try again.', fa: 'نخست تأیید فرسته را بگیرید.' },
  },
  schedule_in_past: {
    kind: 'invalid',
    message: { en: '{dueAt} is in the past.', fa: 'زمان {dueAt} گذشته است.' },
    fix: {
      en: 'Choose a later time, or `{ "now": true }`.',
      fa: 'زمانی در آینده برگزینید یا { "now": true } بفرستید.',
    },
  },
  schedule_too_far: {
    kind: 'invalid',
    message: {
      en: '{dueAt} is more than five years ahead.',
      fa: 'زمان {dueAt} بیش از پنج سال دیگر است.',
    },
    fix: { en: 'Choose an earlier time.', fa: 'زمان نزدیک‌تری برگزینید.' },
  },
  calendar_range: {
    kind: 'invalid',
    message: {
      en: '`to` must come after `from`, at most 400 days later.',
      fa: 'to باید پس از from و حداکثر ۴۰۰ روز پس از آن باشد.',
    },
    fix: { en: 'Ask for a smaller range.', fa: 'بازهٔ کوچک‌تری بخواهید.' },
  },
  bad_cursor: {
    kind: 'malformed',
    message: { en: 'The cursor is not one of ours.', fa: 'این cursor از ما نیست.' },
    fix: { en: 'Use `nextCursor` of the page before.', fa: 'nextCursor صفحهٔ پیش را بفرستید.' },
  },
  unknown_network: {
    kind: 'invalid',
    message: { en: 'There is no network {network}.', fa: 'شبکهٔ {network} شناخته نیست.' },
    fix: { en: 'See GET /v1/networks.', fa: 'فهرست شبکه‌ها در GET /v1/networks است.' },
  },
  redirect_elsewhere: {
    kind: 'invalid',
    message: {
      en: 'A network sends people back to {origin} alone.',
      fa: 'شبکه کاربران را فقط به {origin} برمی‌گرداند.',
    },
    fix: {
      en: 'Open Hamava at that address, or let its operator change `PUBLIC_URL`.',
      fa: 'هم‌آوا را در همان نشانی باز کنید، یا مدیر سیستم PUBLIC_URL را تغییر دهد.',
    },
  },
  connect_refused: {
    kind: 'invalid',
    message: { en: '{detailEn}', fa: '{detailFa}' },
    fix: { en: '{fixEn}', fa: '{fixFa}' },
  },
  weaker_access: {
    kind: 'conflict',
    message: {
      en: 'This channel is connected with more rights than this access has: {missing} would be lost.',
      fa: 'این کانال با مجوزهای بیشتری متصل است: {missing} از دست می‌رود.',
    },
    fix: {
      en: 'Connect it with these rights, or remove the channel first.',
      fa: 'با همین مجوزها وصل کنید، یا نخست کانال را حذف کنید.',
    },
  },
  access_elsewhere: {
    kind: 'conflict',
    message: {
      en: 'This access is in use elsewhere on this installation already.',
      fa: 'از این دسترسی هم‌اکنون در جای دیگری از همین سامانه استفاده می‌شود.',
    },
    fix: {
      en: 'What people write to it can be read in one place alone: use another one here, such as a bot of your own.',
      fa: 'آنچه مردم برایش می‌نویسند فقط در یک جا خوانده می‌شود: این‌جا دسترسی دیگری، مانند رباتی جداگانه، به کار ببرید.',
    },
  },
  network_unreachable: {
    kind: 'unavailable',
    message: { en: '{detailEn}', fa: '{detailFa}' },
    fix: {
      en: 'Check the address, and try again in a moment.',
      fa: 'نشانی را بررسی کنید و کمی بعد دوباره تلاش کنید.',
    },
  },
  network_address_refused: {
    kind: 'invalid',
    message: { en: '{detailEn}', fa: '{detailFa}' },
    fix: { en: '{fixEn}', fa: '{fixFa}' },
  },
  oauth_state_unknown: {
    kind: 'invalid',
    message: {
      en: 'This authorisation was not begun here, or is older than ten minutes.',
      fa: 'این مجوز اینجا آغاز نشده یا بیش از ده دقیقه از آن گذشته است.',
    },
    fix: { en: 'Connect the channel again.', fa: 'کانال را دوباره متصل کنید.' },
  },
  channel_in_use: {
    kind: 'conflict',
    message: {
      en: 'The channel has {count} publications that are still to go out.',
      fa: 'کانال {count} انتشار در پیش دارد.',
    },
    fix: { en: 'Cancel or wait for them first.', fa: 'نخست آن‌ها را لغو کنید یا صبر کنید.' },
  },
  publication_state: {
    kind: 'conflict',
    message: {
      en: 'A publication that is {state} cannot be {action}.',
      fa: 'انتشار در وضعیت {state} این کار را نمی‌پذیرد.',
    },
    fix: readAgain,
  },
  nothing_live: {
    kind: 'conflict',
    message: {
      en: 'No part of it is live, so there is no rest to drop.',
      fa: 'هیچ بخشی از آن منتشر نشده، پس باقی‌مانده‌ای نیست که از آن صرف‌نظر شود.',
    },
    fix: { en: 'Accept it as it is instead.', fa: 'به‌جای آن، همین وضعیت را بپذیرید.' },
  },
  file_required: {
    kind: 'malformed',
    message: {
      en: 'The request carries no file in the field `file`.',
      fa: 'درخواست در فیلد file پرونده‌ای ندارد.',
    },
    fix: {
      en: 'Send multipart/form-data with one file.',
      fa: 'یک پرونده با multipart/form-data بفرستید.',
    },
  },
  file_too_large: {
    kind: 'too_large',
    message: { en: 'The file is larger than {max} bytes.', fa: 'پرونده از {max} بایت بزرگ‌تر است.' },
    fix: { en: 'Send a smaller one.', fa: 'پروندهٔ کوچک‌تری بفرستید.' },
  },
  file_type: {
    kind: 'unsupported',
    message: {
      en: 'The bytes of this file are no image or video that networks take ({found}).',
      fa: 'بایت‌های این پرونده تصویر یا ویدئوی پذیرفتنی نیست ({found}).',
    },
    fix: {
      en: 'Send JPEG, PNG, GIF, WebP, MP4, MOV or WebM.',
      fa: 'JPEG، PNG، GIF، WebP، MP4، MOV یا WebM بفرستید.',
    },
  },
  member_exists: {
    kind: 'conflict',
    message: { en: '{email} is already a member.', fa: '{email} هم‌اکنون عضو است.' },
    fix: { en: 'Change the role of that member instead.', fa: 'نقش همان عضو را تغییر دهید.' },
  },
  password_required: {
    kind: 'invalid',
    message: {
      en: '{email} is new here and needs a first password.',
      fa: '{email} تازه است و گذرواژهٔ نخست می‌خواهد.',
    },
    fix: { en: 'Send `password`.', fa: 'فیلد password را بفرستید.' },
  },
  last_owner: {
    kind: 'conflict',
    message: {
      en: 'A workspace keeps at least one owner.',
      fa: 'فضای کاری دست‌کم یک مالک می‌خواهد.',
    },
    fix: { en: 'Make somebody else owner first.', fa: 'نخست کس دیگری را مالک کنید.' },
  },
  own_membership: {
    kind: 'forbidden',
    message: {
      en: 'Nobody changes their own role or channels.',
      fa: 'هیچ‌کس نقش یا کانال‌های خودش را تغییر نمی‌دهد.',
    },
    fix: {
      en: 'Ask another manager or owner.',
      fa: 'از مدیر یا مالک دیگری بخواهید.',
    },
  },
  member_wider: {
    kind: 'forbidden',
    message: {
      en: 'This member may use channels that you may not.',
      fa: 'این عضو با کانال‌هایی کار می‌کند که شما اجازهٔ آن‌ها را ندارید.',
    },
    fix: {
      en: 'Ask somebody who may use all of them.',
      fa: 'از کسی بخواهید که اجازهٔ همهٔ آن‌ها را دارد.',
    },
  },
  key_outlives_maker: {
    kind: 'forbidden',
    message: {
      en: 'A key made by a key ends with it, by {expiresAt} at the latest.',
      fa: 'کلیدی که با کلید دیگری ساخته می‌شود همراه آن پایان می‌یابد، حداکثر تا {expiresAt}.',
    },
    fix: {
      en: 'Ask for an earlier end, or for none.',
      fa: 'پایان زودتری بخواهید یا آن را خالی بگذارید.',
    },
  },
  scope_too_wide: {
    kind: 'forbidden',
    message: {
      en: 'You cannot give {scope}: you do not have it.',
      fa: 'نمی‌توانید {scope} را بدهید: خودتان آن را ندارید.',
    },
    fix: { en: 'Leave it out.', fa: 'آن را کنار بگذارید.' },
  },
  answer_not_ready: {
    kind: 'invalid',
    message: { en: '{detailEn}', fa: '{detailFa}' },
    fix: {
      en: 'Change the answer as said; nothing was sent.',
      fa: 'پاسخ را همان‌گونه که گفته شد تغییر دهید؛ چیزی فرستاده نشد.',
    },
  },
  cannot_answer: {
    kind: 'conflict',
    message: {
      en: 'This conversation has no message that can be answered.',
      fa: 'این گفت‌وگو پیامی برای پاسخ‌دادن ندارد.',
    },
    fix: { en: 'Answer on the network itself.', fa: 'در خود شبکه پاسخ دهید.' },
  },
  internal: {
    kind: 'internal',
    message: { en: 'Something went wrong on our side.', fa: 'خطایی در سامانه رخ داد.' },
    fix: {
      en: 'Try again; if it stays, tell the operator the trace id.',
      fa: 'دوباره تلاش کنید؛ اگر ماند، شناسهٔ trace را به راهبر بدهید.',
    },
  },
  hold_ended: {
    kind: 'conflict',
    message: { en: 'This hold is over already.', fa: 'این نگه‌داشت پیش‌تر پایان یافته است.' },
    fix: readAgain,
  },
  hold_until_past: {
    kind: 'invalid',
    message: { en: '`until` is in the past.', fa: 'زمان until گذشته است.' },
    fix: {
      en: 'Choose a later end, or leave it out.',
      fa: 'پایانی در آینده برگزینید یا آن را ننویسید.',
    },
  },
  span_too_long: {
    kind: 'invalid',
    message: {
      en: 'The span must end after it begins and cover at most {days} days.',
      fa: 'بازه باید پس از آغازش پایان یابد و حداکثر {days} روز باشد.',
    },
    fix: { en: 'Choose a shorter span.', fa: 'بازهٔ کوتاه‌تری برگزینید.' },
  },
  body_too_large: {
    kind: 'too_large',
    message: {
      en: 'The body of the request is larger than {max} bytes.',
      fa: 'بدنهٔ درخواست از {max} بایت بزرگ‌تر است.',
    },
    fix: {
      en: 'Send less at once: fewer channels with a text of their own, or a shorter text.',
      fa: 'یک‌جا کمتر بفرستید: کانال‌های کمتری با متن مخصوص، یا متنی کوتاه‌تر.',
    },
  },
  reply_too_large: {
    kind: 'invalid',
    message: {
      en: 'The answer has {bytes} bytes; at most {max} can be answered at once.',
      fa: 'پاسخ {bytes} بایت است؛ هر پاسخ حداکثر {max} بایت است.',
    },
    fix: {
      en: 'Ask for less: a smaller `limit`, or a shorter range.',
      fa: 'کمتر بخواهید: limit کوچک‌تر یا بازهٔ کوتاه‌تر.',
    },
  },
  unavailable: {
    kind: 'unavailable',
    message: { en: 'The {service} service does not answer.', fa: 'سرویس {service} پاسخ نمی‌دهد.' },
    fix: again,
  },
} as const satisfies Record<string, ProblemText>

export type ProblemCode = keyof typeof problems

/** One field that is not as it must be. */
export const fieldError = z
  .object({ pointer: z.string(), code: z.string(), message: z.string() })
  .meta({ id: 'FieldError' })

/** `fieldError` between services, where `message` may still be in both languages. */
const spokenFieldError = fieldError.extend({ message: z.union([z.string(), bilingual]) })
export type FieldError = z.infer<typeof spokenFieldError>

/** How a refusal travels between services. */
export const problemBody = z.object({
  code: z.string(),
  params: z.record(z.string(), z.string()).default({}),
  errors: z.array(spokenFieldError).optional(),
})
export type ProblemBody = z.infer<typeof problemBody>

/** RFC 9457, as the gateway answers it. */
export const problemDetails = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    /** In the language that `Accept-Language` asks for (English or Persian). */
    detail: z.string(),
    /** What to do about it, in the same language. */
    fix: z.string(),
    instance: z.string(),
    /** Stable; branch on this one. */
    code: z.string(),
    traceId: z.string(),
    errors: z.array(fieldError).optional(),
  })
  .meta({
    id: 'Problem',
    examples: [
      {
        type: '/docs/problems#schedule_in_past',
        title: 'invalid',
        status: 422,
        detail: '2020-01-01T00:00:00.000Z is in the past.',
        fix: 'Choose a later time, or `{ "now": true }`.',
        instance: '/v1/posts',
        code: 'schedule_in_past',
        traceId: '4bf92f3577b34da6a3ce929d0e0e4736',
      },
    ],
  })

/** Fills `{name}` of a sentence from parameters. */
export function fillIn(sentence: string, params: Record<string, string>): string {
  return sentence.replace(/\{(\w+)\}/g, (whole, name: string) => params[name] ?? whole)
}
