// On a page from a disk Chromium tells what was dropped, but its older interface reads none of it. Its newer one does: entries of
// the older kind are answered from handles of the newer one.
{
  const item = globalThis.DataTransferItem?.prototype;

  /** What the program uses of an entry: `file` and `handle` are promises. */
  const entryOf = ({ isDirectory, fullPath, file, handle }) => ({
    isDirectory,
    fullPath,
    name: fullPath.slice(fullPath.lastIndexOf('/') + 1),
    file: (done, failed) => void file.then(done, failed),
    createReader: () => {
      // A folder comes in one portion, and an empty one ends it.
      let portion = () => handle.then((folder) => inside(folder, fullPath));
      return {
        readEntries: (done, failed) => {
          portion().then(done, failed);
          portion = async () => [];
        },
      };
    },
  });

  const inside = async (folder, path) => {
    const entries = [];
    for await (const [name, handle] of folder.entries()) {
      const isDirectory = handle.kind === 'directory';
      const file = isDirectory ? undefined : handle.getFile();
      entries.push(entryOf({ isDirectory, fullPath: `${path}/${name}`, file, handle: Promise.resolve(handle) }));
    }
    return entries;
  };

  if (location.protocol === 'file:' && item?.getAsFileSystemHandle) {
    const { webkitGetAsEntry } = item;
    item.webkitGetAsEntry = function () {
      const entry = webkitGetAsEntry.call(this);
      if (!entry) return entry;
      const { isDirectory, fullPath } = entry;
      const file = Promise.resolve(isDirectory ? undefined : this.getAsFile());
      const handle = isDirectory ? this.getAsFileSystemHandle() : undefined;
      return entryOf({ isDirectory, fullPath, file, handle });
    };
  }
}
