import { WakeUps } from '@hamava/bus'
import { Injectable } from '@nestjs/common'

/** Wakes the dispatchers: this process's at once, the other replicas' over NATS if it is up. */
@Injectable()
export class Wakening {
  private wakeHere: () => void = () => undefined

  constructor(private readonly wakeUps: WakeUps) {}

  wakeAll(): void {
    this.wakeHere()
    this.wakeUps.send('publishing')
  }

  async listen(onWake: () => void): Promise<void> {
    this.wakeHere = onWake
    await this.wakeUps.listen(onWake)
  }
}
