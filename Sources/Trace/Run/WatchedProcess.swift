/// A process besides this one in which a run trains, and the memory that it has on devices.
package struct WatchedProcess: Sendable, Equatable {
  /// Its id.
  package var id: Int32
  /// What it last said of its devices; empty where it has none, or has not answered yet.
  package var devices: [DeviceMemory]

  /// A process.
  package init(id: Int32, devices: [DeviceMemory] = []) { (self.id, self.devices) = (id, devices) }
}

/// What a script's tensors take on a device.
package struct DeviceMemory: Sendable, Equatable, Codable {
  /// The device's name in the script, `cuda:0`.
  package var device: String
  /// **Units**: bytes. What tensors take.
  package var allocated: Int
  /// **Units**: bytes. What PyTorch holds for tensors, those to come included; nil where that is not known.
  package var reserved: Int?
  /// **Units**: bytes. What the device has; nil where that is not known.
  package var total: Int?

  /// The memory of a device.
  package init(device: String, allocated: Int, reserved: Int? = nil, total: Int? = nil) {
    (self.device, self.allocated, self.reserved, self.total) = (device, allocated, reserved, total)
  }
}
