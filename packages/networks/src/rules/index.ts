export {
  canonicalJson,
  type ExtraName,
  type Extras,
  emptyContent,
  extraNames,
  nameOfExtra,
  type PostContent,
} from '@hamava/contracts'
export { assetIdsOf, mapAssets } from './asset-uses.ts'
export { checkAnswer } from './check-answer.ts'
export type { DraftAsset, DraftChannel, DraftTarget, PostDraft } from './draft.ts'
export { type ChannelFinding, channelFinding, type FindingCode, findingCode } from './finding.ts'
export type { Manifest, NetworkRules, TextRule } from './manifest.ts'
export { manifestOf, manifests, networkRules } from './manifests.ts'
export {
  type ChannelContent,
  type ContentWith,
  contentKey,
  contentOf,
  contentOfSnapshot,
  extrasOf,
  isOwn,
  type Message,
  messagesOf,
  timeOf,
  toContent,
} from './post-content.ts'
export { countUnits, isBlank, textBytes, textLength } from './text-length.ts'
export { validatePost } from './validate-post.ts'
export { withLimits } from './with-limits.ts'
