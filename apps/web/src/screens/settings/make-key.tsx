import { Copy } from 'lucide-react'
import { useState } from 'react'
import { answerOf, client } from '../../api/client.ts'
import { apiKeys } from '../../api/queries.ts'
import type { Permission } from '../../api/types.ts'
import { useMe } from '../../app/session.ts'
import { Button } from '../../kit/button.tsx'
import { Checkbox } from '../../kit/choice.tsx'
import { copy } from '../../kit/copy.ts'
import { Dialog, DialogActions } from '../../kit/dialog.tsx'
import { Field } from '../../kit/field.tsx'
import { Form } from '../../kit/form.tsx'
import { Picker } from '../../kit/picker.tsx'
import { toast } from '../../kit/toasts.tsx'
import { useOptimisticMutation } from '../../kit/use-optimistic-mutation.ts'
import { useLanguage } from '../../language/use-language.tsx'
import { ChannelLimit } from './channel-limit.tsx'
import { permissionNames } from './permission-names.ts'

const dayMs = 86_400_000
const lives = { never: null, month: 30, quarter: 90, year: 365 } as const

/** A key for another program: for what, for how long, and where. */
export function MakeKey({ onClose }: { onClose: () => void }) {
  const { t, show } = useLanguage()
  const mine = useMe()?.permissions ?? []
  const [name, setName] = useState('')
  const [department, setDepartment] = useState('')
  const [scopes, setScopes] = useState<Permission[]>([])
  const [channelIds, setChannelIds] = useState<string[] | null>(null)
  const [life, setLife] = useState<keyof typeof lives>('year')
  const make = useOptimisticMutation({
    queryKey: apiKeys.queryKey,
    isSaidHere: true,
    carryOut: () => {
      const days = lives[life]
      const expiresAt = days && new Date(Date.now() + days * dayMs).toISOString()
      const body = { name, scopes, department: department.trim() || null, channelIds, expiresAt }
      return answerOf(client.POST('/v1/api-keys', { body }))
    },
    said: () => null,
  })
  if (make.data) return <Secret secret={make.data.secret} onClose={onClose} />
  return (
    <Dialog title={t('settings.newKey')} isOpen onClose={onClose}>
      <Form
        error={make.error}
        onSubmit={() => make.mutate(undefined)}
        actions={
          <DialogActions onCancel={onClose}>
            <Button
              type="submit"
              look="primary"
              isDisabled={scopes.length === 0 || channelIds?.length === 0}
              isPending={make.isPending}
            >
              {t('settings.newKey')}
            </Button>
          </DialogActions>
        }
      >
        <Field
          name="name"
          autoFocus
          label={t('settings.keyName')}
          isRequired
          value={name}
          onChange={setName}
        />
        <Field
          name="department"
          label={t('settings.department')}
          hint={t('settings.departmentHint')}
          value={department}
          onChange={setDepartment}
        />
        <fieldset>
          <legend className="text-sm font-medium">{t('settings.scopes')}</legend>
          <div className="grid max-h-60 overflow-auto">
            {mine.map((scope) => (
              <Checkbox
                key={scope}
                isSelected={scopes.includes(scope)}
                onChange={(isOn) =>
                  setScopes(isOn ? [...scopes, scope] : scopes.filter((one) => one !== scope))
                }
              >
                {show.said(permissionNames[scope])}
              </Checkbox>
            ))}
          </div>
        </fieldset>
        <ChannelLimit value={channelIds} onChange={setChannelIds} />
        <Picker
          label={t('settings.life')}
          value={life}
          onChange={setLife}
          options={(Object.keys(lives) as (keyof typeof lives)[]).map((id) => ({
            id,
            label: t(`settings.lives.${id}`),
          }))}
        />
      </Form>
    </Dialog>
  )
}

/** Shown only this once, so it cannot be closed by accident. */
function Secret({ secret, onClose }: { secret: string; onClose: () => void }) {
  const { t } = useLanguage()
  return (
    <Dialog title={t('settings.secret')} isOpen isLocked onClose={onClose}>
      <p className="text-muted">{t('settings.secretText')}</p>
      <code
        dir="ltr"
        className="rounded-control bg-sunken p-3 font-mono text-sm break-all select-all"
      >
        {secret}
      </code>
      <div className="flex flex-wrap justify-end gap-2">
        <Button
          look="primary"
          onPress={() =>
            void copy(secret).then(
              () => toast(t('app.copied')),
              () => toast(t('settings.copyFailed'), { tone: 'bad' }),
            )
          }
        >
          <Copy aria-hidden className="size-4" />
          {t('app.copy')}
        </Button>
        <Button onPress={onClose}>{t('settings.secretKept')}</Button>
      </div>
    </Dialog>
  )
}
