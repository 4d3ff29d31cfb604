import { useLanguage } from '../language/use-language.tsx'
import { formatZone } from '../language/zone-names.ts'

/** A zone as people call it; its name for programs is told by pointing at it. */
export function Zone({ id }: { id: string }) {
  const { wanted } = useLanguage()
  const { name, offset } = formatZone(id, wanted)
  return (
    <bdi title={id}>
      {name} ({offset})
    </bdi>
  )
}
