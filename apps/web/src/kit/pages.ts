import type { InfiniteData } from '@tanstack/react-query'

/** A list that is read page by page. */
export type Pages<Item> = InfiniteData<{ items: Item[] }>

export const itemsOf = <Item>(read: Pages<Item> | undefined): Item[] | undefined =>
  read?.pages.flatMap(({ items }) => items)

/** The pages with other items in them. */
export const withItems = <Item>(
  read: Pages<Item>,
  change: (items: Item[]) => Item[],
): Pages<Item> => ({
  ...read,
  pages: read.pages.map((page) => ({ ...page, items: change(page.items) })),
})
