import Datasets
import Synchronization
import Testing

/// A web of the given files, which counts what is fetched; the mutex owns the count.
final class MemoryWeb: Fetcher {
  let contents: [String: [UInt8]]
  let fetched = Mutex<[String]>([])

  init(_ contents: [String: [UInt8]]) {
    self.contents = contents
  }

  func fetch(_ address: String, limit: Int) throws(DatasetError) -> [UInt8] {
    fetched.withLock { $0.append(address) }
    guard let bytes = contents[address] else { throw .cannotFetch(address: address, reason: "404") }
    guard bytes.count <= limit else { throw .tooLarge(source: address, bytes: bytes.count, limit: limit) }
    return bytes
  }
}

@Suite struct DownloadTests {
  static let names = [
    "train-images-idx3-ubyte", "train-labels-idx1-ubyte", "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte",
  ]
  static let content = [
    idxImageBytes(count: 2, rows: 1, columns: 1), idxLabelBytes([1, 0]),
    idxImageBytes(count: 1, rows: 1, columns: 1), idxLabelBytes([1]),
  ]

  let collection = ImageCollection(
    name: "toy", classNames: ["a", "b"], mean: 0, std: 1, torchvisionName: "Toy", mirrors: ["one/", "two/"],
    published: zip(names, content).map {
      PublishedFile(name: $0, byteCount: $1.count, sha256: SHA256.digest($1))
    })

  /// A web that has the four files on the given mirrors.
  func web(_ mirrors: [String]) -> MemoryWeb {
    var contents: [String: [UInt8]] = [:]
    for mirror in mirrors {
      for (name, bytes) in zip(Self.names, Self.content) { contents[mirror + name] = bytes }
    }
    return MemoryWeb(contents)
  }

  @Test func whatIsDownloadedCanBeReadAsADataset() throws {
    let files = MemoryFiles()
    var told: [String] = []
    try collection.download(into: "d", fetcher: web(["one/"]), files: files) { told.append($0.name) }
    #expect(told == Self.names)
    #expect(try collection.dataset(.train, in: "d", files: files).count == 2)
  }

  @Test func theSecondMirrorIsAskedForWhatTheFirstHasNot() throws {
    let (files, web) = (MemoryFiles(), web(["two/"]))
    try collection.download(into: "d", fetcher: web, files: files)
    #expect(web.fetched.withLock { $0.count } == 8)
    #expect(try collection.dataset(.t10k, in: "d", files: files).count == 1)
  }

  @Test func filesThatAreThereAreNotFetchedAgain() throws {
    let files = MemoryFiles()
    try collection.download(into: "d", fetcher: web(["one/"]), files: files)
    files["d/\(Self.names[1])"] = [1, 2, 3]
    let again = web(["one/"])
    try collection.download(into: "d", fetcher: again, files: files)
    #expect(again.fetched.withLock { $0 } == ["one/\(Self.names[1])"])
    #expect(files["d/\(Self.names[1])"] == Self.content[1])
  }

  @Test func aFileWithOtherBytesIsNotKept() throws {
    var contents = web(["one/"]).contents
    contents["one/\(Self.names[0])"]?[17] ^= 1
    let files = MemoryFiles()
    let single = ImageCollection(
      name: "toy", classNames: ["a", "b"], mean: 0, std: 1, torchvisionName: "Toy", mirrors: ["one/"],
      published: collection.published)
    let error = datasetError { try single.download(into: "d", fetcher: MemoryWeb(contents), files: files) }
    guard case .wrongContent(let source, let expected, _) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(source == "one/\(Self.names[0])")
    #expect(expected == "18 bytes of SHA-256 \(collection.published[0].sha256)")
    #expect(files["d/\(Self.names[0])"] == nil)
  }

  @Test func aFileOnNoMirrorNamesTheLast() {
    let error = datasetError {
      try collection.download(into: "d", fetcher: web([]), files: MemoryFiles())
    }
    #expect(
      error?.description
        == "Cannot fetch two/train-images-idx3-ubyte: 404. Check the connection, or fetch the file by other "
        + "means and name its folder with --data-dir.")
  }

  @Test(arguments: [
    (["HOME": "/home/ada"], "/home/ada/.cache/tapedeck/MNIST"),
    (["HOME": "/home/ada", "XDG_CACHE_HOME": "/tmp/c"], "/tmp/c/tapedeck/MNIST"),
    (["HOME": "/home/ada", "XDG_CACHE_HOME": "relative"], "/home/ada/.cache/tapedeck/MNIST"), ([:], nil),
  ])
  func downloadsGoToTheUsersCache(environment: [String: String], folder: String?) {
    #expect(ImageCollection.mnist.downloadFolder(environment: environment) == folder)
  }

  @Test(arguments: [ImageCollection.mnist, .fashionMNIST])
  func everyPublishedFileHasAnAddressASizeAndADigest(collection: ImageCollection) {
    #expect(collection.published.map(\.name) == Self.names.map { $0 + ".gz" })
    #expect(collection.published.allSatisfy { $0.sha256.count == 64 && $0.byteCount > 4000 })
    #expect(collection.mirrors.allSatisfy { $0.hasPrefix("https://") && $0.hasSuffix("/") })
  }
}
