/** The flags that all commands on a camera share: one for each setting, and switches of their own. */
import { Command } from 'commander';
import { CONFIGURATION, CONFIGURATION_NAMES, type Environment, type Setting } from '../execution/configuration.ts';
import { EXIT_CODES } from '../results/verdict.ts';

/** A flag with a value that one command has beside the settings. */
export interface ValueFlag {
  readonly argument: string;
  readonly help: string;
}

export interface Flags<Switch extends string> {
  /** what flags say, as variables: a flag is another way to write its variable */
  readonly environment: Environment;
  readonly switches: ReadonlySet<Switch>;
  /** what the command's own flags say, by the flag; those that were not given are absent */
  readonly values: Readonly<Partial<Record<string, string>>>;
}

/** Throws `CommanderError`, also when help was wanted. `switches`: flags without a value, each with its help. */
export function readFlags<Switch extends `--${string}`>(
  name: string,
  description: string,
  switches: Readonly<Record<Switch, string>>,
  codes: Readonly<Record<number, string>> = EXIT_CODES,
  own: Readonly<Record<`--${string}`, ValueFlag>> = {},
): Flags<Switch> {
  const program = new Command(name).description(description);
  for (const setting of CONFIGURATION_NAMES) {
    const { flag, argument, help, variable, default: standard, repeatable }: Setting = CONFIGURATION[setting];
    const option = program.createOption(`${flag} ${argument}`, `${help}\n(${variable}${standard === '' ? '' : `, default ${standard}`})`);
    if (repeatable) option.argParser((text: string, before: string | undefined) => (before === undefined ? text : `${before},${text}`));
    program.addOption(option);
  }
  for (const [flag, help] of Object.entries<string>(switches)) program.option(flag, help);
  for (const [flag, { argument, help }] of Object.entries(own)) program.option(`${flag} ${argument}`, help);
  const meanings = Object.entries(codes).map(([code, meaning]) => `  ${code}  ${meaning}`);
  program.addHelpText('after', `\nExit codes:\n${meanings.join('\n')}`);
  program.exitOverride().configureOutput({ writeErr: () => undefined });
  const given = program.parse().opts<Record<string, string | true>>();
  const text = (value: string | true | undefined): value is string => typeof value === 'string';
  return {
    environment: Object.fromEntries(CONFIGURATION_NAMES.flatMap((each) => (text(given[each]) ? [[CONFIGURATION[each].variable, given[each]]] : []))),
    switches: new Set((Object.keys(switches) as Switch[]).filter((flag) => given[camelCase(flag)] === true)),
    values: Object.fromEntries(
      Object.keys(own).flatMap((flag) => {
        const value = given[camelCase(flag)];
        return text(value) ? [[flag, value]] : [];
      }),
    ),
  };
}

const camelCase = (flag: string): string => flag.replace(/^--/, '').replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
