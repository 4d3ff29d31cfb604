import { OnRequest } from '@hamava/bus'
import {
  addAsset,
  type CallContext,
  editAsset,
  getAsset,
  listAssets,
  type ParsedInputOf,
} from '@hamava/contracts'
import { Controller } from '@nestjs/common'
import { AssetsService } from './assets.service.ts'

@Controller()
export class AssetsController {
  constructor(private readonly assets: AssetsService) {}

  @OnRequest(addAsset)
  add(stored: ParsedInputOf<typeof addAsset>, call: CallContext) {
    return this.assets.add(call, stored)
  }

  @OnRequest(getAsset)
  get({ id }: ParsedInputOf<typeof getAsset>, call: CallContext) {
    return this.assets.get(call, id)
  }

  @OnRequest(listAssets)
  list(query: ParsedInputOf<typeof listAssets>, call: CallContext) {
    return this.assets.list(call, query)
  }

  @OnRequest(editAsset)
  edit(input: ParsedInputOf<typeof editAsset>, call: CallContext) {
    return this.assets.edit(call, input)
  }
}
