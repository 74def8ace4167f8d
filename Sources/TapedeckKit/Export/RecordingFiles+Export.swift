import Datasets
import Export
import Foundation
import Localization
import Recording
import Trace

/// Where an export goes, and in which format.
package struct ExportTarget: Sendable {
  /// The format.
  package var format: ExportFormat
  /// The file to write, or the folder of runs for a format that names its file; nil or `-` for standard output.
  package var path: String?
  /// Whether an existing file is overwritten.
  package var replacesFile: Bool

  /// A target.
  package init(_ format: ExportFormat, path: String?, replacesFile: Bool = false) {
    (self.format, self.path, self.replacesFile) = (format, path, replacesFile)
  }

  /// The file to write, whose folder is made where the format names the file; nil for standard output.
  fileprivate func file(_ origin: RunOrigin, of recording: String) throws -> String? {
    guard path != "-" else { return nil }
    guard let name = format.nameInFolder?(origin) else { return path }
    let folder = RunFolder(in: path ?? "runs", recording: recording).url(for: name)
    try Disk().makeFolder(at: folder.path)
    return folder.appending(path: name).path
  }
}

extension RecordingFiles {
  /// Writes a recording in another program's format, to a file or to standard output.
  ///
  /// - Parameters:
  ///   - path: The recording.
  ///   - target: Where it is written, and in which format.
  ///   - request: What of it is written.
  ///   - run: How its experiment is made again.
  ///   - note: Called with a sentence about what differs from the recording.
  /// - Returns: The path of the file that was written; nil for standard output.
  /// - Throws: `RecordingError` if the recording cannot be read, also where what is whole of it was written; `ExportError` or `InspectionError` if it lacks what
  ///   was requested, or an error that names the file that cannot be written.
  package static func export(
    _ path: String, to target: ExportTarget, _ request: ExportRequest, _ run: ReplayedRun,
    note: @escaping (String) -> Void = { _ in }
  ) throws -> String? {
    let archive = try RecordingReader(path: path)
    let output = try target.file(archive.origin, of: path)
    if let output {
      guard !isSameFile(output, path) else { throw ExportError.ontoItself(path: path) }
      if !target.replacesFile, FileManager.default.fileExists(atPath: output) {
        throw RecordingError.exists(path: output)
      }
    } else if !target.format.isText, isatty(STDOUT_FILENO) == 1 {
      throw ExportError.terminal(format: target.format.name)
    }
    // What was wrong before concerns the file, what comes now the export.
    let known = archive.defects
    // The file is begun with its first bytes, and is in its place when it is whole.
    var file: ExportedFile?
    let source = ReplayedSource(
      archive: archive, file: URL(filePath: path).lastPathComponent, run: run, note: note)
    try target.format.write(source, request) { bytes in
      guard let output else { return try StandardOutput.write(bytes) }
      let part = try file ?? ExportedFile(output, replacing: target.replacesFile)
      file = part
      try part.write(bytes)
    }
    try file?.finish()
    // Tensors need no numbers of steps.
    let isOfSteps = target.format.isText || target.format.nameInFolder != nil
    if isOfSteps, let defect = archive.defects.first(where: { !known.contains($0) }) {
      throw RecordingError.damaged(defect)
    }
    return output
  }

  private static func isSameFile(_ one: String, _ other: String) -> Bool {
    func place(_ path: String) -> URL { URL(filePath: path).resolvingSymlinksInPath().standardizedFileURL }
    return place(one) == place(other)
  }
}
