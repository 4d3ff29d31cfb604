import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { answerOf, client, idempotencyHeader } from '../../api/client.ts'
import { activeHolds, networks } from '../../api/queries.ts'
import type { Channel, Hold, HoldResult } from '../../api/types.ts'
import { Button } from '../../kit/button.tsx'
import { Dialog, DialogActions } from '../../kit/dialog.tsx'
import { ErrorMessage } from '../../kit/error-message.tsx'
import { Field } from '../../kit/field.tsx'
import { NetworkMark } from '../../kit/network-mark.tsx'
import { Picker } from '../../kit/picker.tsx'
import { StateBadge } from '../../kit/state-badge.tsx'
import { useOptimisticMutation } from '../../kit/use-optimistic-mutation.ts'
import { useLanguage } from '../../language/use-language.tsx'

interface HoldDialogProps {
  channels: readonly Channel[]
  onClose: () => void
}

/** The kill switch: what to stop, and why; afterwards, what was already on its way. */
export default function HoldDialog({ channels, onClose }: HoldDialogProps) {
  const { t, show } = useLanguage()
  const known = useQuery(networks).data ?? []
  const [scope, setScope] = useState('workspace')
  const [reason, setReason] = useState('')
  const used = known.filter(({ id }) => channels.some(({ network }) => network === id))
  const place = useOptimisticMutation({
    queryKey: activeHolds.queryKey,
    alsoRead: ['publications'],
    isSaidHere: true,
    carryOut: () => {
      const params = { header: idempotencyHeader() }
      return answerOf(client.POST('/v1/holds', { params, body: { scope: scopeOf(scope), reason } }))
    },
    said: ({ stops }) => ({
      text: `${t('attention.placed')} (${t('attention.stops', { count: show.number(stops) })})`,
    }),
  })
  const sending = place.data?.alreadySending ?? []
  if (sending.length > 0) {
    return <TooLate sending={sending} channels={channels} onClose={onClose} />
  }
  const closeUnlessLate = ({ alreadySending }: HoldResult) => {
    if (alreadySending.length === 0) onClose()
  }
  return (
    <Dialog role="alertdialog" title={t('attention.killTitle')} isOpen onClose={onClose}>
      <p className="text-muted">{t('attention.killText')}</p>
      <Picker
        label={t('attention.scope')}
        value={scope}
        onChange={setScope}
        options={[
          { id: 'workspace', label: t('attention.workspace') },
          ...used.map(({ id, name }) => ({
            id: `network ${id}`,
            label: show.said(name),
            icon: <NetworkMark network={id} />,
          })),
          ...channels.map(({ id, name, network }) => ({
            id: `channel ${id}`,
            label: name,
            icon: <NetworkMark network={network} />,
          })),
        ]}
      />
      <Field label={t('attention.reason')} isRequired value={reason} onChange={setReason} />
      <ErrorMessage error={place.error} />
      <DialogActions onCancel={onClose}>
        <Button
          look="danger"
          isDisabled={reason.trim() === ''}
          isPending={place.isPending}
          onPress={() => place.mutate(undefined, { onSuccess: closeUnlessLate })}
        >
          {t('attention.place')}
        </Button>
      </DialogActions>
    </Dialog>
  )
}

interface TooLateProps extends HoldDialogProps {
  sending: HoldResult['alreadySending']
}

/** Publications already on their way, which may still appear; nothing else does. */
function TooLate({ sending, channels, onClose }: TooLateProps) {
  const { t } = useLanguage()
  const nameOf = (id: string) => channels.find((one) => one.id === id)?.name ?? id
  return (
    <Dialog title={t('attention.placed')} isOpen onClose={onClose}>
      <p>{t('attention.onTheirWay')}</p>
      <ul className="flex max-h-80 flex-col gap-2 overflow-auto">
        {sending.map(({ publicationId, channelId, state, excerpt }) => (
          <li key={publicationId} className="flex flex-col gap-1 rounded-control bg-sunken p-2">
            <span className="flex flex-wrap items-center gap-2 text-sm">
              <bdi className="font-semibold">{nameOf(channelId)}</bdi>
              <StateBadge state={state} />
            </span>
            <Link
              to="/publications/$id"
              params={{ id: publicationId }}
              dir="auto"
              className="line-clamp-2 text-sm text-match-parent"
              onClick={onClose}
            >
              {excerpt || t('attention.details')}
            </Link>
          </li>
        ))}
      </ul>
      <div className="flex justify-end">
        <Button onPress={onClose}>{t('app.close')}</Button>
      </div>
    </Dialog>
  )
}

function scopeOf(chosen: string): Hold['scope'] {
  const [kind, id = ''] = chosen.split(' ')
  if (kind === 'network') return { kind, network: id }
  return kind === 'channel' ? { kind, channelId: id } : { kind: 'workspace' }
}
