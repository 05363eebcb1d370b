/** Takes what Allure writes, some thousand files, and makes one page of it. The data are kept on the disk: there are many megabytes. */
import { closeSync, createReadStream, createWriteStream, openSync, writeSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { foldSections } from './allure-folding.ts';
import { inDocumentOrder, listInOrder } from './allure-order.ts';
import { finishPage } from './allure-page.ts';

/** Not shown by the page: whole earlier runs, each as large as this one. */
const UNUSED = /^data\/history\//;
const TREE = /^widgets\/(?:.*\/)?tree\.json$/;
/** Written behind the trees. */
const LIST = /^widgets\/(?:.*\/)?nav\.json$/;
const STATISTIC = 'widgets/statistic.json';
const DATA = /^(?:data|widgets)\//;
/** Bytes that are written at once. */
const CHUNK = 1024 * 1024;

export class AllurePageWriter {
  /** Allure's own folder for a report, which stays all but empty */
  readonly output: string;
  readonly #dataFile: string;
  readonly #data: number;
  readonly #programs = new Map<string, Buffer>();
  readonly #trees: string[] = [];
  #waiting: string[] = [];
  #waitingBytes = 0;
  #html = '';
  #ids: readonly string[] = [];
  #hasNews = true;
  #isClosed = false;

  /** @param folder for files on the way; whoever made it removes it */
  constructor(folder: string) {
    this.output = join(folder, 'report');
    this.#dataFile = join(folder, 'data.js');
    this.#data = openSync(this.#dataFile, 'w');
  }

  /** Allure's interface for files of a report, `plugin/path/of/file`; returns where it is. */
  async addFile(path: string, content: Buffer): Promise<string> {
    const name = path.slice(path.indexOf('/') + 1);
    if (TREE.test(name)) {
      const { tree, ids } = inDocumentOrder(content.toString('utf8'));
      this.#addData(name, Buffer.from(tree));
      this.#trees.push(tree);
      if (ids.length > this.#ids.length) this.#ids = ids;
      return path;
    }
    if (LIST.test(name)) {
      this.#addData(name, Buffer.from(listInOrder(content.toString('utf8'), this.#ids)));
      return path;
    }
    if (DATA.test(name)) {
      if (!UNUSED.test(name)) this.#addData(name, content);
      if (name === STATISTIC) this.#hasNews = hasNews(content.toString('utf8'));
      return path;
    }
    if (name === 'index.html') this.#html = content.toString('utf8');
    else if (name.endsWith('.js')) this.#programs.set(name, content);
    // It looks for a folder with a report in it, too.
    const file = join(this.output, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, '');
    return file;
  }

  #addData(name: string, content: Buffer): void {
    const statement = `window.allureReportData[${JSON.stringify(name).replaceAll('<', '\\u003C')}]="${content.toString('base64')}";\n`;
    this.#waiting.push(statement);
    this.#waitingBytes += statement.length;
    if (this.#waitingBytes >= CHUNK) this.#flush();
  }

  #flush(): void {
    writeSync(this.#data, this.#waiting.join(''));
    this.#waiting = [];
    this.#waitingBytes = 0;
  }

  /**
   * Writes the page. Throws when Allure has made none.
   * @param report tells this report from others
   */
  async write(file: string, report: string): Promise<void> {
    this.close();
    const { before, behind } = finishPage(this.#html, this.#programs, this.#hasNews);
    const dataFile = this.#dataFile;
    const folded = foldSections(this.#trees, report);
    await pipeline(
      Readable.from(
        (async function* () {
          yield before;
          yield* createReadStream(dataFile, { highWaterMark: CHUNK });
          yield folded + behind;
        })(),
      ),
      createWriteStream(file),
    );
  }

  close(): void {
    if (this.#isClosed) return;
    this.#flush();
    closeSync(this.#data);
    this.#isClosed = true;
  }
}

/** Where most checks are new, there was no run before, or one of a few checks. */
function hasNews(statistic: string): boolean {
  const { total, new: fresh = 0 } = JSON.parse(statistic) as { readonly total: number; readonly new?: number };
  return fresh <= total / 2;
}
