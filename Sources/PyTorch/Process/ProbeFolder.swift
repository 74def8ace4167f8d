import Foundation

/// The probe's files, which travel inside the program, laid in the user's cache folder for Python to read.
package struct ProbeFolder: Sendable {
  /// The folder, named for the protocol's version and the files' contents.
  package let path: String

  /// The script that Python is to start.
  package var start: String { path + "/start.py" }

  /// The folder whose `sitecustomize.py` starts the probe in the scripts that a launcher starts.
  var site: String { path + "/site" }

  /// The folder, made if it does not exist or has other contents.
  ///
  /// - Parameter environment: says where the user's cache is.
  /// - Throws: ``ProbeError/cannotLay(folder:reason:)``.
  package init(environment: [String: String]) throws(ProbeError) {
    let caches = ProbeFolder.caches(environment)
    path = "\(caches)/probe-\(HostCommand.version)-\(ProbeFolder.hash)"
    guard !isAsItShouldBe else { return }
    do { try lay(in: caches) } catch {
      throw .cannotLay(folder: path, reason: error.localizedDescription)
    }
  }

  private static func caches(_ environment: [String: String]) -> String {
    if let cache = environment["XDG_CACHE_HOME"], cache.hasPrefix("/") { return cache + "/tapedeck" }
    if let home = environment["HOME"], home.hasPrefix("/") { return home + "/.cache/tapedeck" }
    return "/tmp/tapedeck-\(getuid())"
  }

  /// A hash of all files (FNV-1a), by which versions are told apart.
  private static var hash: String {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for (name, bytes) in ProbeFiles.all {
      for byte in Array(name.utf8) + bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    }
    let digits = String(hash, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }

  /// Whether the folder is the user's alone and holds just these files.
  private var isAsItShouldBe: Bool {
    var status = stat()
    guard lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR, status.st_uid == getuid(),
      status.st_mode & 0o077 == 0
    else { return false }
    return ProbeFiles.all.allSatisfy { name, bytes in
      FileManager.default.contents(atPath: "\(path)/\(name)").map { Array($0) == bytes } ?? false
    }
  }

  /// Writes the files beside their place and moves them there at once, so that nobody sees half of them.
  private func lay(in caches: String) throws {
    let files = FileManager.default
    let own: [FileAttributeKey: Any] = [.posixPermissions: 0o700]
    try files.createDirectory(atPath: caches, withIntermediateDirectories: true, attributes: own)
    let beside = "\(caches)/.probe-\(getpid())-\(UInt64.random(in: 0 ... .max))"
    defer { try? files.removeItem(atPath: beside) }
    try files.createDirectory(atPath: beside, withIntermediateDirectories: false, attributes: own)
    for folder in Set(ProbeFiles.all.map { ($0.name as NSString).deletingLastPathComponent })
    where !folder.isEmpty {
      try files.createDirectory(
        atPath: "\(beside)/\(folder)", withIntermediateDirectories: true, attributes: own)
    }
    for (name, bytes) in ProbeFiles.all { try Data(bytes).write(to: URL(filePath: "\(beside)/\(name)")) }
    if rename(beside, path) == 0 { return }
    // Another process may have made it meanwhile; a folder with other contents is moved away.
    guard !isAsItShouldBe else { return }
    let aside = beside + "-old"
    defer { try? files.removeItem(atPath: aside) }
    try files.moveItem(atPath: path, toPath: aside)
    try files.moveItem(atPath: beside, toPath: path)
  }
}
