import type { Finding, Post } from '../../api/types.ts'
import { Button } from '../../kit/button.tsx'
import { ErrorMessage } from '../../kit/error-message.tsx'
import { useLanguage } from '../../language/use-language.tsx'
import { wallMomentAt } from '../../language/wall-time.ts'
import {
  type Draft,
  draftOf,
  hasSameContent,
  isEmpty,
  isForTheSameTime,
  type Time,
  withChannels,
} from './draft/draft.ts'

type Language = ReturnType<typeof useLanguage>

/** A post as the server has it, and what it is to become. */
interface Step {
  base: Post | null
  draft: Draft
  needsApproval: boolean
}

const hasNewTime = ({ base, draft }: Pick<Step, 'base' | 'draft'>): boolean =>
  draft.when !== 'draft' && (!base?.schedule || !isForTheSameTime(draft, draftOf(base, draft)))

/** Whether somebody else has to approve the post before it goes out. */
function waitsForApproval({ base, draft, needsApproval }: Step): boolean {
  if (!needsApproval || draft.when === 'draft') return false
  return base?.state !== 'approved' || !hasSameContent(draft, draftOf(base, draft))
}

/** The label of the button. */
function verbOf(step: Step, { t }: Language): string {
  const { base, draft } = step
  if (draft.when === 'draft') return base?.schedule ? t('compose.takeBack') : t('compose.saveDraft')
  if (waitsForApproval(step)) return t('compose.submit')
  if (!hasNewTime(step)) return t('app.save')
  return draft.when === 'now' ? t('compose.publishNow') : t('compose.schedule')
}

/** The message after a successful finish. */
export function finishedMessageOf(made: Post, sent: Draft, { t, show }: Language): string {
  if (made.state === 'in_review') return t('compose.submitted')
  if (!made.schedule) return t('compose.draftSaved')
  if (sent.when === 'now') return t('compose.sent')
  const hasStayed = made.publications.some(({ state }) => state === 'failed' || state === 'missed')
  if (hasStayed) return t('compose.savedNotSent')
  return t('compose.scheduled', { when: show.when(made.schedule.dueAt) })
}

const isPast = ({ when, local, zone }: Time): boolean =>
  when === 'at' && wallMomentAt(local, zone).getTime() < Date.now()

interface FinishProps extends Step {
  /** The existing channels; undefined until they were read. */
  channels: readonly { id: string }[] | undefined
  findings: readonly Finding[] | undefined
  isUploading: boolean
  isPending: boolean
  error: unknown
  onFinish: () => void
}

/** The button that makes the draft take effect. */
export function Finish({
  channels,
  findings,
  isUploading,
  isPending,
  error,
  onFinish,
  ...step
}: FinishProps) {
  const language = useLanguage()
  const { t } = language
  const { draft } = step
  const isToGoOut = draft.when !== 'draft'
  const isBlocked =
    isEmpty(draft) ||
    isUploading ||
    (isToGoOut &&
      (withChannels(draft, channels).channelIds.length === 0 ||
        (hasNewTime(step) && isPast(draft)) ||
        findings?.some(({ level }) => level === 'blocks') === true))
  const note = noteOf()
  return (
    <>
      {note && <p className="text-sm text-muted">{note}</p>}
      <ErrorMessage error={error} />
      <Button look="primary" isDisabled={isBlocked} isPending={isPending} onPress={onFinish}>
        <span className="grow text-center">{verbOf(step, language)}</span>
      </Button>
    </>
  )
  function noteOf(): string | null {
    if (isUploading) return t('compose.waitUpload')
    if (!waitsForApproval(step)) return null
    return draft.when === 'now' ? t('compose.nowWaits') : t('compose.atWaits')
  }
}
