import { z } from 'zod'
import { event, request } from './define.ts'
import { assetId } from './ids.ts'
import { instant, pageOf, pageQuery, versionsRead } from './page.ts'

export const asset = z
  .object({
    id: assetId,
    kind: z.enum(['image', 'video']),
    mime: z.string(),
    bytes: z.int(),
    width: z.int().nullable(),
    height: z.int().nullable(),
    alt: z.string(),
    fileName: z.string(),
    sha256: z.string(),
    createdAt: instant,
    version: z.int(),
  })
  .meta({ id: 'Asset' })
export type Asset = z.infer<typeof asset>

/** An asset with the place of its bytes; never leaves the services. */
export const storedAsset = asset.extend({ storageKey: z.string() })
export type StoredAsset = z.infer<typeof storedAsset>

/** Alternative text, for whoever cannot see the file. */
export const altText = z.string().max(2000)
export const assetEdit = z
  .strictObject({ alt: altText })
  .meta({ id: 'AssetEdit', examples: [{ alt: 'غروب دماوند از پلور' }] })

export const addAsset = request('content.asset.add', storedAsset, asset)
export const getAsset = request('content.asset.get', z.object({ id: assetId }), storedAsset)
export const listAssets = request('content.asset.list', pageQuery, pageOf(asset))
export const editAsset = request(
  'content.asset.edit',
  z.object({ id: assetId, versions: versionsRead, changes: assetEdit }),
  asset,
)

export const assetChanged = event(
  'content.asset.changed.v1',
  z.object({ assetId, action: z.string(), before: asset.nullable(), after: asset.nullable() }),
)
