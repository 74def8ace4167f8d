import Export
import Foundation
import Recording
import Trace

/// What a recording can be written as.
public enum ExportFormat: String, Sendable, CaseIterable {
  /// A table, a row an iteration.
  case csv
  /// JSON objects, one a line.
  case jsonl
  /// An event file that TensorBoard opens.
  case tensorboard
}

extension RecordingFiles {
  /// Writes a recording in another program's format, to a file or to standard output; gives back the path written.
  ///
  /// TensorBoard takes a folder, in which the file has a name of its own.
  /// - Throws: `RecordingError` if the recording cannot be read, or an error that names the file that cannot be written.
  public static func export(
    _ path: String, as format: ExportFormat, to output: String?, replacing: Bool
  ) throws -> String? {
    let archive = try RecordingReader(path: path)
    let target = try target(of: archive, format, output)
    if let target, !replacing, FileManager.default.fileExists(atPath: target) {
      throw RecordingError.exists(path: target)
    }
    let file = try target.map(open) ?? .standardOutput
    func write(_ bytes: [UInt8]) throws { try file.write(contentsOf: Data(bytes)) }
    switch format {
    case .csv: try CommaSeparatedExport(archive).write(write)
    case .jsonl: try JSONLinesExport(archive).write(write)
    case .tensorboard: try TensorBoardExport(archive).write(write)
    }
    try file.close()
    return target
  }

  private static func target(
    of archive: RecordingReader, _ format: ExportFormat, _ output: String?
  ) throws -> String? {
    guard format == .tensorboard else { return output }
    let folder = URL(filePath: output ?? "runs")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    return folder.appending(path: TensorBoardExport(archive).fileName).path
  }

  private static func open(_ path: String) throws -> FileHandle {
    guard FileManager.default.createFile(atPath: path, contents: nil),
      let file = FileHandle(forWritingAtPath: path)
    else { throw RecordingError.cannotWrite(path: path, reason: "the file cannot be made") }
    return file
  }
}
