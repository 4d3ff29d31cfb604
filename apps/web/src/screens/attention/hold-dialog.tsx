import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { answerOf, client, once } from '../../api/client.ts'
import { networks } from '../../api/queries.ts'
import type { Channel, Hold } from '../../api/types.ts'
import { Button } from '../../kit/button.tsx'
import { Dialog, DialogActions } from '../../kit/dialog.tsx'
import { Field } from '../../kit/field.tsx'
import { NetworkMark } from '../../kit/network-mark.tsx'
import { Picker } from '../../kit/picker.tsx'
import { Refusal } from '../../kit/refusal.tsx'
import { toast } from '../../kit/toasts.tsx'
import { useLanguage } from '../../language/use-language.tsx'

interface HoldDialogProps {
  channels: readonly Channel[]
  onClose: () => void
}

/** The kill switch: what to stop, and why. */
export default function HoldDialog({ channels, onClose }: HoldDialogProps) {
  const { t, show } = useLanguage()
  const queries = useQueryClient()
  const known = useQuery(networks).data ?? []
  const [scope, setScope] = useState('workspace')
  const [reason, setReason] = useState('')
  const used = known.filter(({ id }) => channels.some(({ network }) => network === id))
  const place = useMutation({
    mutationFn: () => {
      const params = { header: once() }
      return answerOf(client.POST('/v1/holds', { params, body: { scope: scopeOf(scope), reason } }))
    },
    onSuccess: ({ alreadySending }) => {
      const count = alreadySending.length
      toast(t('attention.placed', { number: show.number(count) }))
      onClose()
    },
    onSettled: async () => {
      await queries.invalidateQueries({ queryKey: ['holds'] })
      await queries.invalidateQueries({ queryKey: ['publications'] })
    },
  })
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
      <Refusal error={place.error} />
      <DialogActions onCancel={onClose}>
        <Button
          look="danger"
          isDisabled={reason.trim() === ''}
          isPending={place.isPending}
          onPress={() => place.mutate()}
        >
          {t('attention.place')}
        </Button>
      </DialogActions>
    </Dialog>
  )
}

function scopeOf(chosen: string): Hold['scope'] {
  const [kind, id = ''] = chosen.split(' ')
  if (kind === 'network') return { kind, network: id }
  return kind === 'channel' ? { kind, channelId: id } : { kind: 'workspace' }
}
