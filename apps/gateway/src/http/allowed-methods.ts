import { Injectable } from '@nestjs/common'

/** Which methods each path has, collected as the routes are registered. */
@Injectable()
export class AllowedMethods {
  private readonly routes: { pattern: RegExp; methods: string[] }[] = []

  note({ url, method }: { url: string; method: string | string[] }): void {
    if (url.includes('*')) return
    const parts = url
      .split('/')
      .map((part) => (part.startsWith(':') ? '[^/]+' : part.replaceAll('.', '\\.')))
    const pattern = new RegExp(`^${parts.join('/')}$`)
    this.routes.push({ pattern, methods: [method].flat() })
  }

  /** Empty where no route matches. */
  at(url: string): string[] {
    const path = url.split('?')[0] ?? ''
    const found = this.routes.filter(({ pattern }) => pattern.test(path))
    const methods = new Set(found.flatMap((route) => route.methods))
    return methods.size > 0 ? [...methods, 'OPTIONS'].sort() : []
  }
}
