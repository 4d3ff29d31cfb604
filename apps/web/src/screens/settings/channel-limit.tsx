import { useQuery } from '@tanstack/react-query'
import { channels } from '../../api/queries.ts'
import { Checkbox } from '../../kit/choice.tsx'
import { NetworkMark } from '../../kit/network-mark.tsx'
import { useLanguage } from '../../language/use-language.tsx'

interface ChannelLimitProps {
  /** The only channels that may be touched; null means all. */
  value: string[] | null
  onChange: (value: string[] | null) => void
}

/** Chooses which channels a member or a key may touch. */
export function ChannelLimit({ value, onChange }: ChannelLimitProps) {
  const { t } = useLanguage()
  const known = useQuery(channels).data ?? []
  return (
    <fieldset className="flex flex-col">
      <legend className="text-sm font-medium">{t('settings.channels')}</legend>
      <Checkbox isSelected={value === null} onChange={(isAll) => onChange(isAll ? null : [])}>
        {t('settings.allChannels')}
      </Checkbox>
      {value !== null && (
        <div className="flex max-h-48 flex-col overflow-auto ps-6">
          {known.map(({ id, name, network }) => (
            <Checkbox
              key={id}
              isSelected={value.includes(id)}
              onChange={(isOn) =>
                onChange(isOn ? [...value, id] : value.filter((one) => one !== id))
              }
            >
              <NetworkMark network={network} />
              <bdi>{name}</bdi>
            </Checkbox>
          ))}
        </div>
      )}
    </fieldset>
  )
}
