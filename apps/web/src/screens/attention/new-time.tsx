import { CalendarClock } from 'lucide-react'
import { Suspense, useState } from 'react'
import type { Cause } from '../../api/queries.ts'
import { Button } from '../../kit/button.tsx'
import { Dialog, DialogActions } from '../../kit/dialog.tsx'
import { ErrorMessage } from '../../kit/error-message.tsx'
import { lazyWithRetry } from '../../kit/lazy-with-retry.ts'
import { Zone } from '../../kit/zone.tsx'
import { soon } from '../../language/soon.ts'
import { useLanguage } from '../../language/use-language.tsx'
import { wallMomentAt } from '../../language/wall-time.ts'
import { useNewTime } from './attention-actions.ts'

// The calendar is large, and seldom needed here.
const WhenField = lazyWithRetry(() => import('../../kit/when-field.tsx'))

interface NewTimeProps {
  cause: Cause
  ids: readonly string[]
}

/** Another time for what did not go out. */
export function NewTime({ cause, ids }: NewTimeProps) {
  const { t, show } = useLanguage()
  const [isAsking, setAsking] = useState(false)
  const isOne = ids.length === 1
  return (
    <>
      <Button size="small" onPress={() => setAsking(true)}>
        <CalendarClock aria-hidden className="size-4" />
        {isOne
          ? t('attention.newTime')
          : t('attention.newTimeAll', { number: show.number(ids.length) })}
      </Button>
      {isAsking && <Ask cause={cause} ids={ids} onClose={() => setAsking(false)} />}
    </>
  )
}

function Ask({ cause, ids, onClose }: NewTimeProps & { onClose: () => void }) {
  const { t, show, wanted } = useLanguage()
  const [local, setLocal] = useState(() => soon(wanted))
  const move = useNewTime(cause, true)
  const at = wallMomentAt(local, wanted.zone)
  const isPast = at.getTime() < Date.now()
  return (
    <Dialog title={t('attention.newTime')} isOpen onClose={onClose}>
      {ids.length > 1 && <p className="text-muted">{t('attention.newTimeText')}</p>}
      <Suspense fallback={<div className="h-24" />}>
        <WhenField
          label={t('compose.date')}
          value={local}
          onChange={setLocal}
          problem={isPast ? t('compose.past') : undefined}
        />
        <p className="text-sm text-muted">
          {show.when(at)} · <Zone id={wanted.zone} />
        </p>
      </Suspense>
      <ErrorMessage error={move.error} />
      <DialogActions onCancel={onClose}>
        <Button
          look="primary"
          isDisabled={isPast}
          isPending={move.isPending}
          onPress={() => move.mutate({ ids, at: at.toISOString() }, { onSuccess: () => onClose() })}
        >
          {t('compose.schedule')}
        </Button>
      </DialogActions>
    </Dialog>
  )
}
