import { Controller, Get, Header, Injectable } from '@nestjs/common'

/** One figure: its name after the prefix, what it counts, and its value; null when it is not known. */
export type Gauge = readonly [name: string, help: string, value: number | null]

/** The metrics of a service, from all its modules. */
@Injectable()
export class Metrics {
  private readonly sources: { prefix: string; read: () => Promise<Gauge[]> }[] = []

  /** Adds figures whose names begin with `prefix`; they are read whenever somebody asks. */
  add(prefix: string, read: () => Promise<Gauge[]>): void {
    this.sources.push({ prefix, read })
  }

  /** All of them in the text format of Prometheus; what is not known is left out. */
  async text(): Promise<string> {
    const texts = await Promise.all(
      this.sources.map(async ({ prefix, read }) => gaugesText(prefix, await read())),
    )
    return texts.join('')
  }
}

function gaugesText(prefix: string, gauges: readonly Gauge[]): string {
  return gauges
    .filter(([, , value]) => value !== null)
    .map(([name, help, value]) => {
      const full = `${prefix}_${name}`
      return `# HELP ${full} ${help}\n# TYPE ${full} gauge\n${full} ${value}\n`
    })
    .join('')
}

/** For Prometheus, on the port of the health checks; the gateway, whose port is public, refuses it. */
@Controller('metrics')
export class MetricsController {
  constructor(private readonly metrics: Metrics) {}

  @Get()
  @Header('content-type', 'text/plain; version=0.0.4')
  read(): Promise<string> {
    return this.metrics.text()
  }
}
