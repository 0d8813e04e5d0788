// Reads lines of {name, document} from the standard input and answers each in a line: what @iiif/parser, in the folder
// that is the first argument, makes of the document. One process for all of them.
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

const at = name => import(pathToFileURL(`${process.argv[2]}/dist/${name}.js`).href);
const [{ normalize, Traverse }, { convertPresentation2 }, { presentation3StrictUpgrade }] =
    await Promise.all(["index", "presentation-2", "strict"].map(at));

const told = (name, document) => {
    const upgraded = convertPresentation2(structuredClone(document));
    const logging = { warnings: [] };
    presentation3StrictUpgrade(structuredClone(upgraded), logging);
    const seen = {};
    const count = kind => resource => {
        seen[kind] = [...(seen[kind] ?? []), resource.id];
        return resource;
    };
    new Traverse({
        collection: [count("collections")], manifest: [count("manifests")], canvas: [count("canvases")],
        annotation: [count("annotations")], range: [count("ranges")],
    }).traverseUnknown(structuredClone(upgraded));
    const { entities } = normalize(structuredClone(upgraded));
    const entity = Object.fromEntries(Object.entries(entities).map(([kind, all]) => [kind, Object.keys(all).length]));
    return { name, upgraded, warnings: logging.warnings, seen, entity };
};

for await (const line of createInterface({ input: process.stdin })) {
    const { name, document } = JSON.parse(line);
    try {
        console.log(JSON.stringify(told(name, document)));
    } catch (error) {
        console.log(JSON.stringify({ name, error: String(error.stack) }));
    }
}
