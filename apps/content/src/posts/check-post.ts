import {
  type AssetUse,
  type CallContext,
  type Channel,
  type FieldError,
  largestSnapshotBytes,
  type PostContent,
  problems,
  type StoredAsset,
} from '@hamava/contracts'
import { type ChannelFinding, mapAssets, validatePost } from '@hamava/networks/rules'
import { AppError, refuseForeign } from '@hamava/service-kit'
import { snapshotBytes, snapshotOf } from './snapshot.ts'

/** The channels that a post, or a version of it, concerns. */
export const channelsOf = ({ targets }: Pick<PostContent, 'targets'>) =>
  targets.map(({ channelId }) => channelId)

/** Every channel of the post must be there, and the caller's to use. */
export function checkTargets(
  call: CallContext,
  content: PostContent,
  channels: Map<string, Channel>,
): void {
  refuseForeign(call, channelsOf(content))
  for (const { channelId } of content.targets) {
    if (!channels.has(channelId)) {
      throw new AppError('not_found', { what: 'channel', id: channelId })
    }
  }
}

/** What the networks will make of it; the same validator as the screens use. */
export function findingsOf(
  content: PostContent,
  channels: Map<string, Channel>,
  assets: Map<string, StoredAsset>,
): ChannelFinding[] {
  const draft = mapAssets(content, (use: AssetUse) => factsOf(use, assets))
  const targets = draft.targets.map((target) => ({
    ...target,
    ...factsOfChannel(target, channels),
  }))
  return validatePost({ ...draft, targets })
}

function factsOf({ id, alt }: AssetUse, assets: Map<string, StoredAsset>): StoredAsset {
  const stored = assets.get(id)
  if (!stored) throw new Error(`asset ${id} was not loaded`)
  return { ...stored, alt: alt ?? stored.alt }
}

function factsOfChannel({ channelId }: { channelId: string }, channels: Map<string, Channel>) {
  const { network = '', limits = {} } = channels.get(channelId) ?? {}
  return { network, limits }
}

/** More findings than this are only counted. */
const mostFindings = 300

/** What blocks publishing first, and not more than anybody can read. */
export function bounded(findings: ChannelFinding[]): { findings: ChannelFinding[]; more: number } {
  const blocking = findings.filter(({ level }) => level === 'blocks')
  const others = findings.filter(({ level }) => level !== 'blocks')
  const shown = [...blocking, ...others].slice(0, mostFindings)
  return { findings: shown, more: findings.length - shown.length }
}

/** Throws `no_targets`, or `post_not_ready` with what blocks publishing. */
export function refuseUnpublishable(content: PostContent, all: ChannelFinding[]): void {
  if (content.targets.length === 0) throw new AppError('no_targets')
  const { findings, more } = bounded(all.filter((finding) => finding.level === 'blocks'))
  if (findings.length === 0) return
  const errors = findings.map(
    ({ pointer, code, message }): FieldError => ({ pointer, code, message }),
  )
  if (more > 0)
    errors.push({
      pointer: '',
      code: 'more',
      message: { en: `and ${more} more`, fa: `و ${more.toLocaleString('fa')} مورد دیگر` },
    })
  throw new AppError('post_not_ready', {}, { errors })
}

/** Throws `post_too_large` where a channel would get more than an event can carry. */
export function refuseTooLarge(content: PostContent, assets: Map<string, StoredAsset>): void {
  const [first] = oversized(content, assets)
  if (!first) return
  const { channelId, bytes } = first
  throw new AppError('post_too_large', {
    channelId,
    bytes: String(bytes),
    max: String(largestSnapshotBytes),
  })
}

/** `refuseTooLarge` as findings, for a mere validation. */
export function sizeFindings(
  content: PostContent,
  channels: Map<string, Channel>,
  assets: Map<string, StoredAsset>,
): ChannelFinding[] {
  return oversized(content, assets).map(({ channelId, bytes, at }) => ({
    level: 'blocks',
    code: 'post_too_large',
    pointer: `/targets/${at}`,
    message: {
      en: `The post is too large for this channel: ${kilobytes(bytes, 'en')} of ${kilobytes(largestSnapshotBytes, 'en')} kB. ${problems.post_too_large.fix.en}`,
      fa: `پست برای این کانال بزرگ است: ${kilobytes(bytes, 'fa')} از ${kilobytes(largestSnapshotBytes, 'fa')} کیلوبایت. ${problems.post_too_large.fix.fa}`,
    },
    channelId,
    network: channels.get(channelId)?.network ?? '',
  }))
}

const kilobytes = (bytes: number, language: string) =>
  Math.ceil(bytes / 1000).toLocaleString(language)

function oversized(content: PostContent, assets: Map<string, StoredAsset>) {
  return content.targets.flatMap((target, at) => {
    const bytes = snapshotBytes(snapshotOf(content, target.channelId, assets))
    return bytes > largestSnapshotBytes ? [{ channelId: target.channelId, bytes, at }] : []
  })
}
