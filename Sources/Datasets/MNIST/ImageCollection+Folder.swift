extension ImageCollection {
  /// The first folder that has all four files, or else the first that has those to train on and none of the others.
  ///
  /// - Parameters:
  ///   - folder: The only folder to look in, itself and where torchvision puts the files under its root;
  ///     `nil` to look in the usual ones and where downloads go.
  ///   - environment: The program's environment variables, which say where downloads go.
  ///   - files: Where to look.
  ///   - allowsTrainingAlone: Whether a folder with the training half alone will do.
  /// - Returns: The folder.
  /// - Throws: `DatasetError.filesNotFound`, which names what is missing and how to get it.
  public func folder(
    in folder: String? = nil, environment: [String: String] = [:], files: any FileStore = Disk(),
    allowsTrainingAlone: Bool = false
  ) throws(DatasetError) -> IDXFolder {
    let paths =
      folder.map { [$0, "\($0)/\(torchvisionName)/raw"] }
      ?? usualFolders + [downloadFolder(environment: environment)].compactMap { $0 }
    let folders = paths.map { IDXFolder($0, names: fileNames, files: files) }
    if let complete = folders.first(where: { $0.missing.isEmpty }) { return complete }
    if allowsTrainingAlone, let part = folders.first(where: { $0.hasTrainingAlone }) { return part }
    if let homepage {
      throw .filesNotOffered(
        dataset: name, missing: folders.first?.missing ?? [], searched: paths, homepage: homepage)
    }
    throw .filesNotFound(
      dataset: name, missing: folders.first?.missing ?? [], searched: paths, package: package)
  }

  /// Reads one half as a dataset of inputs from 0 to 1, or of mean 0 and deviation 1.
  ///
  /// - Parameters:
  ///   - half: The half to read.
  ///   - folder: The only folder to look in; `nil` to look in the usual ones and where downloads go.
  ///   - isNormalized: Whether to subtract the training set's mean and divide by its deviation.
  ///   - environment: The program's environment variables, which say where downloads go.
  ///   - files: Where to look.
  /// - Returns: The dataset.
  /// - Throws: `DatasetError.filesNotFound`, or what reading a file throws.
  public func dataset(
    _ half: IDXFolder.Half, in folder: String? = nil, isNormalized: Bool = false,
    environment: [String: String] = [:], files: any FileStore = Disk()
  ) throws(DatasetError) -> ImageDataset {
    let folder = try self.folder(
      in: folder, environment: environment, files: files, allowsTrainingAlone: half == .train)
    return ImageDataset(
      try read(half, in: folder),
      transforms: isNormalized ? [ToTensor(), try Normalize(mean: mean, std: std)] : [ToTensor()])
  }

  /// Reads one half of a folder.
  ///
  /// - Throws: `DatasetError.filesNotFound`, or what reading a file throws.
  public func read(_ half: IDXFolder.Half, in folder: IDXFolder) throws(DatasetError) -> LabelledImages {
    try folder.read(
      half, name: name, classNames: classNames, firstLabel: firstLabel, isTransposed: isTransposed)
  }

  /// Where downloads go unless the user says otherwise; `nil` if the user has no home.
  ///
  /// Source: the XDG Base Directory Specification.
  public func downloadFolder(environment: [String: String]) -> String? {
    let caches = environment["XDG_CACHE_HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil }
    let home = environment["HOME"].flatMap { $0.isEmpty ? nil : "\($0)/.cache" }
    return (caches ?? home).map { "\($0)/tapedeck/\(torchvisionName)" }
  }
}
