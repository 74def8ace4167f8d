import Localization

extension ImageCollection {
  /// Fetches the files that a folder lacks, and checks each against its published digest.
  ///
  /// - Parameters:
  ///   - folder: The folder to put them in; made if it is not there.
  ///   - fetcher: How to fetch.
  ///   - files: Where the folder is.
  ///   - progress: Told of each file before it is fetched, by its name and size.
  /// - Throws: The last mirror's `DatasetError.cannotFetch` or `DatasetError.wrongContent` if no mirror has
  ///   the file, or `DatasetError.cannotWrite`.
  public func download(
    into folder: String, fetcher: any Fetcher = Curl(), files: any FileStore = Disk(),
    progress: (PublishedFile) -> Void = { _ in }
  ) throws(DatasetError) {
    try files.makeFolder(at: folder)
    for file in published {
      let path = "\(folder)/\(file.name)"
      if files.hasFile(at: path), let bytes = try? files.read(path, limit: file.byteCount),
        (try? file.check(bytes, source: path)) != nil
      {
        continue
      }
      progress(file)
      try files.write(try fetch(file, with: fetcher), to: path)
    }
  }

  /// The file from the first mirror that has it whole.
  private func fetch(_ file: PublishedFile, with fetcher: any Fetcher) throws(DatasetError) -> [UInt8] {
    var failure = DatasetError.cannotFetch(address: file.name, reason: localized("\(name) is on no mirror"))
    for mirror in mirrors {
      let address = mirror + file.name
      do throws(DatasetError) {
        let bytes = try fetcher.fetch(address, limit: file.byteCount)
        try file.check(bytes, source: address)
        return bytes
      } catch {
        failure = error
      }
    }
    throw failure
  }
}
