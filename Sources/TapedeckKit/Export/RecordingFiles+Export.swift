import Export
import Foundation
import Recording
import Trace

extension RecordingFiles {
  /// Writes a recording in another program's format, to a file or to standard output.
  ///
  /// TensorBoard takes a folder, in which the file has a name of its own.
  /// - Parameters:
  ///   - path: The recording.
  ///   - options: What is written.
  ///   - note: Told, in a sentence, what is not as it was recorded.
  /// - Returns: The path of the file that was written; nil for standard output.
  /// - Throws: `RecordingError` if the recording cannot be read, ``ExportError`` or `InspectionError` if it has not what
  ///   was asked for, or an error that names the file that cannot be written.
  package static func export(
    _ path: String, _ options: ExportOptions, note: (String) -> Void = { _ in }
  ) throws -> String? {
    let archive = try RecordingReader(path: path)
    let target = try target(of: archive, options)
    if let target {
      guard !isSameFile(target, path) else { throw ExportError.ontoItself(path: path) }
      if !options.replacesFile, FileManager.default.fileExists(atPath: target) {
        throw RecordingError.exists(path: target)
      }
    } else if !options.format.isText, isatty(STDOUT_FILENO) == 1 {
      throw ExportError.terminal(options.format)
    }
    // A file is made with its first bytes, so that what cannot be computed leaves none.
    var file: FileHandle?
    func write(_ bytes: [UInt8]) throws {
      let open = try file ?? target.map(open) ?? .standardOutput
      file = open
      try open.write(contentsOf: Data(bytes))
    }
    switch options.format {
    case .csv: try CommaSeparatedExport(archive).write(write)
    case .jsonl: try JSONLinesExport(archive).write(write)
    case .tensorboard: try TensorBoardExport(archive).write(write)
    case .npy: try RecordedArrays(archive, options).writeTensor(write, note: note)
    case .safetensors: try RecordedArrays(archive, options).writeParameters(write, note: note)
    case .asciicast:
      try ReplayFilm(archive, file: URL(filePath: path).lastPathComponent, options).write(write, note: note)
    }
    try file?.close()
    return target
  }

  private static func target(of archive: RecordingReader, _ options: ExportOptions) throws -> String? {
    guard options.format == .tensorboard else { return options.output }
    let folder = URL(filePath: options.output ?? "runs")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    return folder.appending(path: TensorBoardExport(archive).fileName).path
  }

  private static func isSameFile(_ one: String, _ other: String) -> Bool {
    func place(_ path: String) -> URL { URL(filePath: path).resolvingSymlinksInPath().standardizedFileURL }
    return place(one) == place(other)
  }

  private static func open(_ path: String) throws -> FileHandle {
    guard FileManager.default.createFile(atPath: path, contents: nil),
      let file = FileHandle(forWritingAtPath: path)
    else { throw RecordingError.cannotWrite(path: path, reason: "the file cannot be made") }
    return file
  }
}
