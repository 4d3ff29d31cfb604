import {
  Ban,
  CircleCheck,
  CircleDashed,
  CircleHelp,
  CirclePause,
  CircleX,
  Clock,
  Eye,
  FilePen,
  History,
  Loader,
  type LucideIcon,
  MessageSquareWarning,
  Send,
  TriangleAlert,
  Unplug,
} from 'lucide-react'
import { useLanguage } from '../language/use-language.tsx'
import type { en } from '../language/words/en.ts'

export type StateWord = keyof typeof en.state

const tones = {
  plain: 'bg-sunken text-muted',
  info: 'bg-info-soft text-info',
  ok: 'bg-ok-soft text-ok',
  warn: 'bg-warn-soft text-warn',
  bad: 'bg-bad-soft text-bad',
}

type Sign = { icon: LucideIcon; tone: keyof typeof tones }

/** A shape and a colour for each state; the word stands beside it. */
const signs: Record<StateWord, Sign> = {
  planned: { icon: Clock, tone: 'info' },
  scheduled: { icon: Clock, tone: 'info' },
  sending: { icon: Send, tone: 'info' },
  pending: { icon: Loader, tone: 'info' },
  published: { icon: CircleCheck, tone: 'ok' },
  approved: { icon: CircleCheck, tone: 'ok' },
  ok: { icon: CircleCheck, tone: 'ok' },
  done: { icon: CircleCheck, tone: 'ok' },
  unconfirmed: { icon: CircleHelp, tone: 'warn' },
  held: { icon: CirclePause, tone: 'warn' },
  risk: { icon: TriangleAlert, tone: 'warn' },
  partly_published: { icon: CircleDashed, tone: 'warn' },
  needs_attention: { icon: TriangleAlert, tone: 'warn' },
  changes_requested: { icon: MessageSquareWarning, tone: 'warn' },
  missed: { icon: History, tone: 'bad' },
  missing: { icon: CircleHelp, tone: 'bad' },
  failed: { icon: CircleX, tone: 'bad' },
  reconnect: { icon: Unplug, tone: 'bad' },
  scopes: { icon: Unplug, tone: 'warn' },
  waits: { icon: Clock, tone: 'warn' },
  expires: { icon: Clock, tone: 'warn' },
  expired: { icon: History, tone: 'bad' },
  cancelled: { icon: Ban, tone: 'plain' },
  draft: { icon: FilePen, tone: 'plain' },
  in_review: { icon: Eye, tone: 'info' },
  unscheduled: { icon: CircleDashed, tone: 'plain' },
  received: { icon: CircleDashed, tone: 'plain' },
  open: { icon: CircleDashed, tone: 'info' },
}

export const isState = (word: unknown): word is StateWord =>
  typeof word === 'string' && word in signs

interface BadgeProps {
  state: StateWord
  /** The shape alone, where there is no room; the word is still read out. */
  isSmall?: boolean
}

export function StateBadge({ state, isSmall = false }: BadgeProps) {
  const { t } = useLanguage()
  const { icon: Icon, tone } = signs[state]
  const word = t(`state.${state}`)
  return (
    <span
      title={isSmall ? word : undefined}
      className={`inline-flex shrink-0 items-center gap-1 rounded-full text-xs font-medium whitespace-nowrap
        ${tones[tone]} ${isSmall ? 'p-0.5' : 'px-2 py-0.5'}`}
    >
      {isSmall ? (
        <Icon role="img" aria-label={word} className="size-3.5" />
      ) : (
        <>
          <Icon aria-hidden className="size-3.5" />
          <span>{word}</span>
        </>
      )}
    </span>
  )
}
