// What hosts are told, in their own languages, all derived from the rules of public/headers.json (see headers.mjs).

/** @typedef {import('../headers.mjs').Rule} Rule */

const NOTE = 'Made from headers.json by `cargo xtask dist`.';

/** Types that servers do not know yet, by the ending of the name. @type {[string, string][]} */
const TYPES = [
  ['wasm', 'application/wasm'],
  ['webmanifest', 'application/manifest+json'],
  ['safetensors', 'application/octet-stream'],
];

/** What is worth compressing. */
const COMPRESSED = ['text/html', 'text/css', 'text/javascript', 'application/javascript', 'application/json', 'application/wasm', 'application/octet-stream', 'image/svg+xml'];

/** @param {Rule[]} rules headers of every file */
const everywhere = (rules) => rules.filter(({ path }) => path === '/*').flatMap(({ headers }) => Object.entries(headers));

/** @param {Rule[]} rules */
const elsewhere = (rules) => rules.filter(({ path }) => path !== '/*');

/** The files of a rule as a regular expression, below whatever path the folder is served at. @param {string} path */
const pattern = (path) => {
  const text = path.replace(/\*$/, '').replaceAll('.', '\\.');
  return path.endsWith('*') ? text : `${text}$`;
};

/** In the format that several hosts of static files read: a path, then its headers, indented. @param {Rule[]} rules */
export const plain = (rules) => {
  const lines = rules.flatMap(({ path, headers }) => [
    path,
    ...Object.entries(headers).map(([name, value]) => `  ${name}: ${value}`),
  ]);
  return `# ${NOTE}\n${lines.join('\n')}\n`;
};

/** A snippet for `server { }`. @param {Rule[]} rules */
export const nginx = (rules) => {
  const overridden = new Map();
  for (const { path, headers } of elsewhere(rules)) {
    for (const [name, value] of Object.entries(headers)) {
      // The first match counts there, the last one in headers.json.
      overridden.set(name, [`    ~${pattern(path)} "${value}";`, ...(overridden.get(name) ?? [])]);
    }
  }
  const usual = new Map(everywhere(rules));
  const variable = (/** @type {string} */ name) => `$firstread_${name.toLowerCase().replaceAll('-', '_')}`;
  const maps = [...overridden].map(
    ([name, lines]) => `map $uri ${variable(name)} {\n${lines.join('\n')}\n    default "${usual.get(name) ?? ''}";\n}\n`,
  );
  const headers = [...new Set([...usual.keys(), ...overridden.keys()])].map((name) => {
    const value = overridden.has(name) ? variable(name) : `"${usual.get(name)}"`;
    return `    add_header ${name} ${value} always;`;
  });
  const types = TYPES.map(([ending, type]) => `        ${type} ${ending};`);
  return `# ${NOTE} Include this in \`http { }\`; set the name, the port and the folder.
${maps.join('\n')}
server {
    listen 80; # browsers give WebGPU and the camera to https only
    server_name firstread.example;
    root /var/www/firstread;
    index index.html;

    # An add_header in a \`location\` would take the place of all of these.
${headers.join('\n')}

    gzip_static on; # sends NAME.gz
    gzip_vary on;
    # brotli_static on; # sends NAME.br, with the module ngx_brotli
    gzip on; # where there is no NAME.gz
    gzip_types ${COMPRESSED.filter((type) => type !== 'text/html').join(' ')};

    include mime.types;
    types {
${types.join('\n')}
    }
}
`;
};

/** For the folder itself, where `AllowOverride` permits it. @param {Rule[]} rules */
export const apache = (rules) => {
  const set = (/** @type {[string, string]} */ [name, value]) => `Header always set ${name} "${value}"`;
  const special = elsewhere(rules).map(
    ({ path, headers }) =>
      `  <If "%{REQUEST_URI} =~ m#${pattern(path)}#">\n${Object.entries(headers).map((header) => `    ${set(header)}`).join('\n')}\n  </If>`,
  );
  const coding = (/** @type {string} */ name, /** @type {string} */ ending) => `  RewriteCond %{HTTP:Accept-Encoding} ${name}
  RewriteCond %{REQUEST_FILENAME}.${ending} -f
  RewriteRule ^(.*)$ $1.${ending} [L,E=no-gzip:1]`;
  return `# ${NOTE}
<IfModule mod_headers.c>
${everywhere(rules).map((header) => `  ${set(header)}`).join('\n')}
${special.join('\n')}
  Header append Vary Accept-Encoding
</IfModule>

${TYPES.map(([ending, type]) => `AddType ${type} .${ending}`).join('\n')}

# Where there is no compressed copy.
<IfModule mod_filter.c>
  AddOutputFilterByType DEFLATE ${COMPRESSED.join(' ')}
</IfModule>

# NAME.br or NAME.gz in place of NAME, for browsers that take it.
RemoveType .gz .br
RemoveLanguage .br
AddEncoding br .br
AddEncoding gzip .gz
<IfModule mod_rewrite.c>
  RewriteEngine On
  RewriteRule \\.(br|gz)$ - [L]
${coding('br', 'br')}
${coding('gzip', 'gz')}
</IfModule>
`;
};

/** A site for Caddy, which gets itself a certificate for the name. @param {Rule[]} rules */
export const caddy = (rules) => {
  const special = elsewhere(rules).map(({ path, headers }, place) => {
    const lines = Object.entries(headers).map(([name, value]) => `        header @files${place} ${name} "${value}"`);
    return `        @files${place} path_regexp ${pattern(path)}\n${lines.join('\n')}`;
  });
  const types = TYPES.map(([ending, type]) => `        @${ending} path *.${ending}\n        header @${ending} Content-Type ${type}`);
  return `# ${NOTE} Set the name and the folder.
firstread.example {
    root * /var/www/firstread
    route { # in this order: outside of it, headers of some files would come before those of all
        header {
${everywhere(rules).map(([name, value]) => `            ${name} "${value}"`).join('\n')}
        }
${[...special, ...types].join('\n')}
        encode gzip # where there is no compressed copy
        file_server {
            precompressed br gzip
        }
    }
}
`;
};
