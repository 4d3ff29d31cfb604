import type { PreviewPieces } from '@hamava/networks/previews'
import { type ComponentProps, Fragment } from 'react'
import { AssetPicture } from '../fields/asset-picture.tsx'

const marks = /(https?:\/\/\S+|[#@][\p{L}\p{N}_.\u200c-]+(?:@[\p{L}\p{N}.-]+)?)/u

/** Paragraph by paragraph in its own direction; links, tags and handles stand out and stay together. */
export function PostText({ text, look = '' }: { text: string; look?: string }) {
  return (
    <div className={`break-words ${look}`}>
      {text.split('\n').map((line, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines have no other name
        <p key={at} dir="auto" className="min-h-4">
          <Marked line={line} />
        </p>
      ))}
    </div>
  )
}

/** Words in which links, tags and handles stand out. */
export function Marked({ line }: { line: string }) {
  return line.split(marks).map((run, index) =>
    index % 2 === 1 ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: runs have no other name
      <bdi key={index} className="text-info">
        {run}
      </bdi>
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: runs have no other name
      <Fragment key={index}>{run}</Fragment>
    ),
  )
}

/** One picture whole, several as tiles. */
export function Media({
  assets,
  look = '',
  marksAlt = false,
}: ComponentProps<PreviewPieces['Media']>) {
  if (assets.length === 0) return null
  const [height, columns] = assets.length > 1 ? ['h-36', 'grid-cols-2'] : ['max-h-80', '']
  return (
    <div className={`grid gap-0.5 overflow-hidden ${columns} ${look}`}>
      {assets.map(({ id, alt = '' }, at) => (
        <div key={id} className={`relative ${at === 0 && assets.length === 3 ? 'col-span-2' : ''}`}>
          <AssetPicture id={id} alt={alt} isPlayable className={`w-full object-cover ${height}`} />
          {marksAlt && alt.trim() !== '' && (
            <span
              aria-hidden
              className="absolute start-2 bottom-2 rounded bg-shade px-1 text-xs font-bold text-on-mark"
            >
              ALT
            </span>
          )}
        </div>
      ))}
    </div>
  )
}

/** The first letter of a name, where a network shows a picture of somebody. */
export const Face = ({ name, look }: { name: string; look: string }) => (
  <span
    aria-hidden
    className={`flex shrink-0 items-center justify-center bg-accent-soft font-semibold text-accent ${look}`}
  >
    {[...name][0] ?? '?'}
  </span>
)
