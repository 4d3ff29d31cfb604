import { dirname, join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { allEvents, owners } from '../../packages/contracts/src/index.ts'
import { type SourceFile, sourceFiles, withoutComments } from './source-files.ts'

/** What each home may import of ours. Parts of a package are named by their path. */
const arrows: Record<string, string[]> = {
  'packages/contracts': [],
  'packages/service-kit': ['contracts'],
  'packages/networks': ['contracts'],
  'packages/bus': ['contracts', 'service-kit'],
  'packages/dev-stack': [
    'contracts',
    'networks',
    'networks/rules',
    'networks/doubles',
    'service-kit',
  ],
  'apps/gateway': ['bus', 'contracts', 'service-kit', 'networks/rules'],
  'apps/content': ['bus', 'contracts', 'service-kit', 'networks/rules'],
  'apps/scheduling': ['bus', 'contracts', 'service-kit', 'networks/rules'],
  'apps/publishing': ['bus', 'contracts', 'service-kit', 'networks', 'networks/rules'],
  'apps/listening': ['bus', 'contracts', 'service-kit', 'networks', 'networks/rules'],
  'apps/analytics': ['bus', 'contracts', 'service-kit', 'networks', 'networks/rules'],
  'apps/web': ['networks/rules', 'networks/previews'],
}

/** Which services may ask which; a circle here is a deadlock waiting to happen. */
const mayAsk: Record<string, string[]> = {
  gateway: ['content', 'scheduling', 'publishing', 'listening', 'analytics'],
  content: ['scheduling', 'publishing'],
  scheduling: ['publishing'],
  listening: ['publishing'],
  analytics: ['publishing'],
  publishing: [],
}

const production = sourceFiles.filter((file) => !file.isSpec)
const offences = (wrong: (file: SourceFile) => string[]) =>
  production.flatMap((file) => wrong(file).map((what) => `${file.path}: ${what}`))

describe('the import arrows', () => {
  it('point only where they may', () => {
    const wrong = offences(({ home, imports }) =>
      imports
        .filter((name) => name.startsWith('@hamava/'))
        .map((name) => name.slice('@hamava/'.length))
        .filter((name) => !arrows[home]?.includes(name)),
    )
    expect(wrong).toEqual([])
  })

  it('never leave a home by a relative path', () => {
    const wrong = offences(({ path, imports }) =>
      imports.filter((name) => {
        const depth = path.split('/').length - 3
        return name.startsWith('../'.repeat(depth + 1)) && name.includes('/src/')
      }),
    )
    expect(wrong).toEqual([])
  })

  it('reach NATS through the bus alone', () => {
    const wrong = offences(({ home, imports }) =>
      home === 'packages/bus' ? [] : imports.filter((name) => name.startsWith('@nats-io/')),
    )
    expect(wrong).toEqual([])
  })
})

describe('the fakes of networks', () => {
  it('judge by the documents of the network, and never by what the product makes of them', () => {
    const isFake = (path: string) =>
      /^packages\/networks\/src\/(fakes\/|[^/]+\/fake[^/]*\.ts$)/.test(path) &&
      !path.startsWith('packages/networks/src/sandbox/')
    // Which fakes there are is read from the list of networks, to start one.
    const mayName = (path: string, name: string) =>
      path === 'packages/networks/src/fakes/main.ts' && name === '../rules/manifests.ts'
    const ours = ({ path, imports }: SourceFile) =>
      imports.filter((name) => {
        const target = name.startsWith('.') ? join(dirname(path), name) : null
        return target !== null && !isFake(target) && !mayName(path, name)
      })
    const fakes = production.filter(({ path }) => isFake(path))
    expect(fakes.length).toBeGreaterThan(8)
    expect(fakes.flatMap((file) => ours(file).map((name) => `${file.path}: ${name}`))).toEqual([])
  })
})

describe('requests', () => {
  it('form a graph without a circle, and every service asks only whom it may', () => {
    const asked = production.flatMap((file) => {
      const service = file.home.replace('apps/', '')
      if (!(service in mayAsk)) return []
      return requestsSentBy(file)
        .filter((owner) => owner !== service && !mayAsk[service]?.includes(owner))
        .map((owner) => `${file.path} asks ${owner}`)
    })
    expect(production.flatMap(requestsSentBy).length).toBeGreaterThan(20)
    expect(asked).toEqual([])
    expect(circle(mayAsk)).toBeNull()
  })
})

describe('subjects', () => {
  it('are written in the contracts alone', () => {
    const subject = new RegExp(`['"\`](${owners.join('|')})(\\.[a-z-]+){2}(\\.v\\d+)?['"\`]`)
    const wrong = offences((file) => {
      if (file.home === 'packages/contracts') return []
      // Made from the contracts, or held against what was, by the compiler.
      if (
        /^apps\/web\/src\/(api\/(schema|feed\/affected)|screens\/settings\/audit-names)\.ts$/.test(
          file.path,
        )
      )
        return []
      return withoutComments(file)
        .split('\n')
        .filter((line) => subject.test(line))
    })
    expect(wrong).toEqual([])
  })

  it('begin with the name of their owner, each once', () => {
    const names = allEvents.map((event) => event.name)
    expect(new Set(names).size).toBe(names.length)
    expect(names.every((name) => owners.some((owner) => name.startsWith(`${owner}.`)))).toBe(true)
  })
})

describe('the environment', () => {
  it('is read in config files alone', () => {
    // Development tools hand their environment on to the processes that they start.
    const allowed = /\/config\.ts$|^packages\/dev-stack\/|^packages\/networks\/src\/doubles\//
    const wrong = offences((file) =>
      withoutComments(file).includes('process.env') && !allowed.test(file.path)
        ? ['reads process.env']
        : [],
    )
    expect(wrong).toEqual([])
  })
})

describe('the channels that a caller is kept to', () => {
  it('are judged by one helper', () => {
    // Who a caller is, whether they still are, and what they are told of themselves.
    const allowed =
      /^packages\/service-kit\/src\/channel-scope\.ts$|^apps\/gateway\/src\/(identity\/|http\/auth\.guard|feed\/same-rights)/
    const reads =
      /\bcall\.channelIds\b|\bchannelIds\b[^}]*\}: CallContext\b|\{[^}]*\bchannelIds\b[^}]*\} = call\b/
    const wrong = offences((file) =>
      !allowed.test(file.path) && reads.test(withoutComments(file)) ? ['reads them itself'] : [],
    )
    expect(wrong).toEqual([])
  })
})

describe('networks', () => {
  it('are never named in generic code', () => {
    // Our own network, the sandbox, has the name of something that browsers have too.
    const names = connectorFolders.filter((name) => name !== 'sandbox')
    const named = new RegExp(names.join('|'), 'i')
    const wrong = offences((file) =>
      file.home.startsWith('apps/') && named.test(withoutComments(file)) ? ['names a network'] : [],
    )
    expect(names.length).toBeGreaterThan(2)
    expect(wrong).toEqual([])
  })
})

/** The networks that there is a connector for. */
const connectorFolders = sourceFiles.flatMap(
  ({ path }) => /^packages\/networks\/src\/([^/]+)\/connector\.ts$/.exec(path)?.[1] ?? [],
)

/** The owners of the contracts that a file sends, by the names it imports and uses in a send. */
function requestsSentBy(file: SourceFile): string[] {
  const sent = [...file.text.matchAll(/(?:\.send|forward\.to)\(\s*(\w+)/g)].map((match) => match[1])
  return sent.flatMap((name) => {
    const owner = name && ownerOfRequest.get(name)
    return owner ? [owner] : []
  })
}

const ownerOfRequest = new Map(
  sourceFiles
    .filter((file) => file.home === 'packages/contracts')
    .flatMap((file) =>
      [...file.text.matchAll(/export const (\w+) = request\(\s*'(\w+)\./g)].map(
        (match) => [match[1] ?? '', match[2] ?? ''] as const,
      ),
    ),
)

/** The names along a circle, or null when there is none. */
function circle(graph: Record<string, string[]>): string[] | null {
  const walk = (node: string, path: string[]): string[] | null => {
    if (path.includes(node)) return [...path, node]
    for (const next of graph[node] ?? []) {
      const found = walk(next, [...path, node])
      if (found) return found
    }
    return null
  }
  return (
    Object.keys(graph)
      .map((node) => walk(node, []))
      .find((found) => found !== null) ?? null
  )
}
