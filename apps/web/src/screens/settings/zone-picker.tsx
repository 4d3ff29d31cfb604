import { useMemo } from 'react'
import { SearchPicker } from '../../kit/search-picker.tsx'
import { useLanguage } from '../../language/use-language.tsx'
import { formatZone } from '../../language/zone-names.ts'

interface ZonePickerProps {
  value: string
  onChange: (zone: string) => void
}

const zones = Intl.supportedValuesOf('timeZone')

/** A zone, found by what people or programs call it. */
export default function ZonePicker({ value, onChange }: ZonePickerProps) {
  const { t, wanted } = useLanguage()
  const { language, digits } = wanted
  const options = useMemo(() => {
    const known = zones.includes(value) ? zones : [value, ...zones]
    const collator = new Intl.Collator(language)
    return known
      .map((id) => {
        const { name, offset } = formatZone(id, { language, digits })
        return { id, label: `${name} (${offset})`, note: id }
      })
      .sort((one, other) => collator.compare(one.label, other.label))
  }, [value, language, digits])
  return (
    <SearchPicker
      label={t('preferences.zone')}
      searchLabel={t('preferences.findZone')}
      value={value}
      onChange={onChange}
      options={options}
    />
  )
}
