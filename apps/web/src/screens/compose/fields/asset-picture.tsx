import { useQuery } from '@tanstack/react-query'
import { asset } from '../../../api/queries.ts'

interface AssetPictureProps {
  id: string
  alt: string
  className: string
  /** Whether a video can be played there, and is not only seen. */
  isPlayable?: boolean
}

/** A media file as it is: a picture, or a video. */
export function AssetPicture({ id, alt, className, isPlayable = false }: AssetPictureProps) {
  const { data } = useQuery(asset(id))
  const source = `/v1/assets/${id}/content`
  if (data?.kind !== 'video') {
    return <img src={source} alt={alt} className={`bg-sunken ${className}`} />
  }
  return (
    <video
      src={source}
      aria-label={alt}
      muted
      preload="metadata"
      controls={isPlayable}
      className={`bg-sunken ${className}`}
    />
  )
}
