import type { ReactNode } from 'react'
import { Tab, TabList, TabPanel, Tabs } from 'react-aria-components'

interface SectionsProps<K extends string> {
  label: string
  chosen: K
  onChoose: (id: K) => void
  sections: readonly { id: K; label: string; panel: ReactNode }[]
}

/** Parts of a screen of which one is shown; where there is little room, their names stand in several lines. */
export function Sections<K extends string>({
  label,
  chosen,
  onChoose,
  sections,
}: SectionsProps<K>) {
  return (
    <Tabs
      selectedKey={chosen}
      onSelectionChange={(key) => onChoose(key as K)}
      className="flex flex-col gap-4"
    >
      <TabList aria-label={label} className="flex flex-wrap gap-x-1 border-b border-line">
        {sections.map(({ id, label: name }) => (
          <Tab
            key={id}
            id={id}
            className="min-h-10 cursor-pointer border-b-2 border-transparent px-3 py-2 whitespace-nowrap text-muted
              data-hovered:text-ink data-selected:border-accent data-selected:font-semibold data-selected:text-ink
              sm:px-4"
          >
            {name}
          </Tab>
        ))}
      </TabList>
      {sections.map(({ id, panel }) => (
        <TabPanel key={id} id={id} className="outline-none">
          {panel}
        </TabPanel>
      ))}
    </Tabs>
  )
}
